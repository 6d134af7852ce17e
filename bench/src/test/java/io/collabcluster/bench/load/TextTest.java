package io.collabcluster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextTest {

    private static final String HEAD = "42[\"publish\",\"room\",\"";

    @Test
    void stampsComeBackAsTheyWereWritten() {
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            long nanos = random.nextLong();
            long sequence = random.nextLong();
            ByteBuf packet = Text.publish("room", nanos, sequence, 40);
            assertThat(Text.nanos(packet, HEAD.length())).isEqualTo(nanos);
            assertThat(Text.sequence(packet, HEAD.length())).isEqualTo(sequence);
        }
    }

    @Test
    void aMessageHasTheBytesThatWereAskedFor() {
        String packet = Text.publish("room", 0x0123456789abcdefL, 10, 36).toString(StandardCharsets.US_ASCII);

        assertThat(packet).isEqualTo(HEAD + "0123456789abcdef" + "000000000000000a" + "xxxx" + "\"]");
    }

    @Test
    void onlyWhatTheRequestHadIsItsAnswer() {
        assertThat(isAnswer("[\"00000000000000070000000000000003xx\"]")).isTrue();

        assertThat(isAnswer("[\"00000000000000080000000000000003xx\"]")).isFalse();
        assertThat(isAnswer("[\"00000000000000070000000000000004xx\"]")).isFalse();
        assertThat(isAnswer("[\"00000000000000070000000000000003xy\"]")).isFalse();
        assertThat(isAnswer("[\"00000000000000070000000000000003x\"]")).isFalse();
        assertThat(isAnswer("[\"00000000000000070000000000000003xx\",1]")).isFalse();
        assertThat(isAnswer("[]")).isFalse();
    }

    private static boolean isAnswer(String array) {
        ByteBuf in = Unpooled.copiedBuffer(array, StandardCharsets.US_ASCII);
        return Text.isAnswer(in, 0, in.readableBytes(), 7, 3, 34);
    }
}
