package io.collabcluster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTest {

    private static final String DATA = data(7, 3, 50);

    private static String data(long nanos, long number, int bytes) {
        ByteBuf data = Unpooled.buffer();
        Payload.write(data, nanos, number, bytes);
        return data.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void aMessageHasTheBytesThatWereAskedFor() {
        String packet = Text.publish("room", 7, 3, 50).toString(StandardCharsets.US_ASCII);

        assertThat(packet).isEqualTo("42[\"publish\",\"room\",\"" + DATA + "\"]");
    }

    @Test
    void onlyWhatTheRequestHadIsItsAnswer() {
        assertThat(isAnswer("[\"" + DATA + "\"]")).isTrue();

        assertThat(isAnswer("[\"" + data(8, 3, 50) + "\"]")).isFalse();
        assertThat(isAnswer("[\"" + data(7, 4, 50) + "\"]")).isFalse();
        assertThat(isAnswer("[\"" + data(7, 3, 49) + "\"]")).isFalse();
        assertThat(isAnswer("[\"" + DATA.replaceFirst("xx$", "xy") + "\"]")).isFalse();
        assertThat(isAnswer("[\"" + DATA.replaceFirst("x$", "") + "\"]")).isFalse();
        assertThat(isAnswer("[\"" + DATA + "\",1]")).isFalse();
        assertThat(isAnswer("[]")).isFalse();
    }

    private static boolean isAnswer(String array) {
        ByteBuf in = Unpooled.copiedBuffer(array, StandardCharsets.US_ASCII);
        return Text.isAnswer(in, 0, in.readableBytes(), 7, 3, 50);
    }
}
