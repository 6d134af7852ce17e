package io.collabcluster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
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
}
