package io.collabcluster.bench.peer.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** WebSocket frames from a server, RFC 6455 section 5.2: final, not masked. */
final class Frames {

    private static final int TEXT = 0x81;
    private static final int PONG = 0x8a;
    private static final int LONGEST_HEADER = 10;

    private Frames() {}

    /** @param text one character for each byte of the payload */
    static ByteBuf text(String text) {
        ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(LONGEST_HEADER + text.length());
        header(frame, TEXT, text.length());
        frame.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        return frame;
    }

    static ByteBuf pong(ByteBuf payload) {
        ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(LONGEST_HEADER + payload.readableBytes());
        header(frame, PONG, payload.readableBytes());
        return frame.writeBytes(payload);
    }

    private static void header(ByteBuf frame, int opcode, int length) {
        frame.writeByte(opcode);
        if (length < 126) {
            frame.writeByte(length);
        } else if (length < 1 << 16) {
            frame.writeByte(126).writeShort(length);
        } else {
            frame.writeByte(127).writeLong(length);
        }
    }
}
