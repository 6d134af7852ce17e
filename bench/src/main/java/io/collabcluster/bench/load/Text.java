package io.collabcluster.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * The packets that clients send and look for, and the data that carries a time stamp and a sequence number: 16 hexadecimal
 * digits each, then filling.
 */
final class Text {

    /** What stands before the data of a delivery; all peers write it alike. */
    static final byte[] MESSAGE = ascii("42[\"message\",\"");

    private static final int STAMPS = 32;
    private static final byte[] DIGITS = ascii("0123456789abcdef");

    private Text() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static ByteBuf join(String room) {
        return Unpooled.wrappedBuffer(ascii("420[\"join\",\"" + room + "\"]"));
    }

    static ByteBuf publish(String room, long nanos, long sequence, int bytes) {
        ByteBuf packet = Unpooled.buffer(bytes + room.length() + 20);
        ByteBufUtil.writeAscii(packet, "42[\"publish\",\"");
        ByteBufUtil.writeAscii(packet, room);
        ByteBufUtil.writeAscii(packet, "\",\"");
        data(packet, nanos, sequence, bytes);
        ByteBufUtil.writeAscii(packet, "\"]");
        return packet;
    }

    static ByteBuf request(long nanos, int bytes) {
        ByteBuf packet = Unpooled.buffer(bytes + 28);
        ByteBufUtil.writeAscii(packet, "421[\"message-with-ack\",\"");
        data(packet, nanos, 0, bytes);
        ByteBufUtil.writeAscii(packet, "\"]");
        return packet;
    }

    private static void data(ByteBuf packet, long nanos, long sequence, int bytes) {
        hex(packet, nanos);
        hex(packet, sequence);
        for (int i = STAMPS; i < bytes; i++) {
            packet.writeByte('x');
        }
    }

    private static void hex(ByteBuf packet, long number) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            packet.writeByte(DIGITS[(int) (number >>> shift) & 15]);
        }
    }

    /** The time stamp of data that begins at the index. */
    static long nanos(ByteBuf in, int data) {
        return hex(in, data);
    }

    static long sequence(ByteBuf in, int data) {
        return hex(in, data + 16);
    }

    private static long hex(ByteBuf in, int from) {
        return eight(in.getLong(from)) << 32 | eight(in.getLong(from + 8));
    }

    /** Eight digits at once: each byte's value is its low nibble, and 9 more for a letter. */
    private static long eight(long digits) {
        long letters = digits >>> 6 & 0x0101010101010101L;
        long nibbles = (digits & 0x0f0f0f0f0f0f0f0fL) + letters * 9;
        nibbles = (nibbles | nibbles >>> 4) & 0x00ff00ff00ff00ffL;
        nibbles = (nibbles | nibbles >>> 8) & 0x0000ffff0000ffffL;
        return (nibbles | nibbles >>> 16) & 0xffffffffL;
    }

    static boolean startsWith(ByteBuf in, int from, int to, byte[] expected) {
        if (to - from < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (in.getByte(from + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
