package io.collabcluster.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** The packets that clients send and look for. */
final class Text {

    /** What stands before the data of a delivery; all peers write it alike. */
    static final byte[] MESSAGE = ascii("42[\"message\",\"");

    private static final int BEFORE = '[' << 8 | '"';
    private static final int BEHIND = '"' << 8 | ']';

    private Text() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static ByteBuf join(String room) {
        return Unpooled.wrappedBuffer(ascii("420[\"join\",\"" + room + "\"]"));
    }

    static ByteBuf publish(String room, long nanos, long number, int bytes) {
        ByteBuf packet = Unpooled.buffer(bytes + room.length() + 20);
        ByteBufUtil.writeAscii(packet, "42[\"publish\",\"");
        ByteBufUtil.writeAscii(packet, room);
        ByteBufUtil.writeAscii(packet, "\",\"");
        Payload.write(packet, nanos, number, bytes);
        ByteBufUtil.writeAscii(packet, "\"]");
        return packet;
    }

    /** With the id as its number, too. */
    static ByteBuf request(long id, long nanos, int bytes) {
        ByteBuf packet = Unpooled.buffer(bytes + 46);
        ByteBufUtil.writeAscii(packet, "42" + id + "[\"message-with-ack\",\"");
        Payload.write(packet, nanos, id, bytes);
        ByteBufUtil.writeAscii(packet, "\"]");
        return packet;
    }

    /** Whether a packet that begins as a {@link #MESSAGE} is one that was sent, byte for byte. */
    static boolean isWhole(ByteBuf in, int from, int to) {
        int data = from + MESSAGE.length;
        return to - data > 2 && in.getShort(to - 2) == BEHIND && Payload.isWhole(in, data, to - 2);
    }

    /** Whether the array that begins at the index is all that the request had, and nothing more. */
    static boolean isAnswer(ByteBuf in, int from, int to, long nanos, long id, int bytes) {
        int data = from + 2;
        return to - from == bytes + 4
                && in.getShort(from) == BEFORE
                && in.getShort(to - 2) == BEHIND
                && Payload.isWhole(in, data, to - 2)
                && Payload.nanos(in, data) == nanos
                && Payload.number(in, data) == id;
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
