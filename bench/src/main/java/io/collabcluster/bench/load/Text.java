package io.collabcluster.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;

/**
 * The packets that clients send and look for, and the data that carries a time stamp and a sequence number: 16 hexadecimal
 * digits each, then filling.
 */
final class Text {

    /** What stands before the data of a delivery; all peers write it alike. */
    static final byte[] MESSAGE = ascii("42[\"message\",\"");

    /** Bytes of the time stamp and the number. */
    static final int STAMPS = 32;

    private static final byte[] DIGITS = ascii("0123456789abcdef");
    static final byte FILLING = 'x';

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

    /** With the id as its number, too. */
    static ByteBuf request(long id, long nanos, int bytes) {
        ByteBuf packet = Unpooled.buffer(bytes + 46);
        ByteBufUtil.writeAscii(packet, "42" + id + "[\"message-with-ack\",\"");
        data(packet, nanos, id, bytes);
        ByteBufUtil.writeAscii(packet, "\"]");
        return packet;
    }

    private static void data(ByteBuf packet, long nanos, long sequence, int bytes) {
        hex(packet, nanos);
        hex(packet, sequence);
        for (int i = STAMPS; i < bytes; i++) {
            packet.writeByte(FILLING);
        }
    }

    /** Whether the array that begins at the index is all that the request had, and nothing more. */
    static boolean isAnswer(ByteBuf in, int from, int to, long nanos, long id, int bytes) {
        int data = from + 2;
        return to - from == bytes + 4
                && in.getShort(from) == ('[' << 8 | '"')
                && in.getShort(to - 2) == ('"' << 8 | ']')
                && nanos(in, data) == nanos
                && sequence(in, data) == id
                && in.forEachByte(data + STAMPS, bytes - STAMPS, new ByteProcessor.IndexNotOfProcessor(FILLING)) < 0;
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
