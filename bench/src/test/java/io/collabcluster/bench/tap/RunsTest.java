package io.collabcluster.bench.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RunsTest {

    private final Runs runs = new Runs((byte) 'x', 4);

    private int in(String bytes) {
        return runs.in(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }

    @Test
    void eachRunIsOneHoweverLongItIs() {
        assertThat(in("$12\r\n0axxxx-xxxxxxxxxxxx-xxxxx\r\n")).isEqualTo(3);
    }

    @Test
    void aShorterOneIsNone() {
        assertThat(in("xxx-xxx-x")).isZero();
    }

    @Test
    void oneMayComeInPieces() {
        assertThat(in("-x")).isZero();
        assertThat(in("")).isZero();
        assertThat(in("xxx")).isEqualTo(1);
        assertThat(in("xxxx")).isZero();
        assertThat(in("-xxxx")).isEqualTo(1);
    }

    @Test
    void theBytesStayAsTheyAre() {
        var bytes = Unpooled.copiedBuffer("-xxxx", StandardCharsets.US_ASCII);
        bytes.readByte();
        assertThat(runs.in(bytes)).isEqualTo(1);
        assertThat(bytes.readableBytes()).isEqualTo(4);
    }
}
