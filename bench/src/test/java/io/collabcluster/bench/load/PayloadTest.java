package io.collabcluster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    private static ByteBuf payload(long nanos, long number, int bytes) {
        ByteBuf packet = Unpooled.buffer(bytes);
        Payload.write(packet, nanos, number, bytes);
        return packet;
    }

    private static boolean isWhole(ByteBuf in) {
        return Payload.isWhole(in, in.readerIndex(), in.writerIndex());
    }

    @Test
    void stampsComeBackAsTheyWereWritten() {
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            long nanos = random.nextLong();
            long number = random.nextLong();
            ByteBuf packet = payload(nanos, number, Payload.STAMPS + random.nextInt(9));
            assertThat(isWhole(packet)).isTrue();
            assertThat(Payload.nanos(packet, 0)).isEqualTo(nanos);
            assertThat(Payload.number(packet, 0)).isEqualTo(number);
        }
    }

    @Test
    void stampsAreHexadecimalDigitsAndTheRestIsFilled() {
        String text = payload(0x0123456789abcdefL, 10, 52).toString(StandardCharsets.US_ASCII);

        assertThat(text).matches("0123456789abcdef000000000000000a[0-9a-f]{16}xxxx");
    }

    @ParameterizedTest
    @ValueSource(ints = {Payload.STAMPS, 49, 200, 10_000})
    void everyChangedBitIsSeen(int bytes) {
        ByteBuf packet = payload(1_234_567_890_123L, 42, bytes);
        for (int i = 0; i < bytes; i++) {
            byte was = packet.getByte(i);
            for (int bit = 0; bit < 8; bit++) {
                packet.setByte(i, was ^ 1 << bit);
                assertThat(isWhole(packet)).as("bit %d of byte %d", bit, i).isFalse();
            }
            packet.setByte(i, was);
        }
        assertThat(isWhole(packet)).isTrue();
    }

    @Test
    void moreOrLessOfItIsSeen() {
        ByteBuf packet = payload(1_234_567_890_123L, 42, 200);
        for (int length = 0; length < 200; length++) {
            assertThat(Payload.isWhole(packet, 0, length)).isFalse();
        }
        assertThat(isWhole(packet.writeByte(Payload.FILLING))).isFalse();
    }

    @Test
    void theStampsOfTwoDoNotMakeAThird() {
        ByteBuf one = payload(1, 2, 200);
        one.setBytes(0, payload(3, 4, 200), 0, 16);

        assertThat(isWhole(one)).isFalse();
    }
}
