package io.collabcluster.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Unmasked, unfragmented server frames (RFC 6455 section 5.2), ready for the socket. */
final class WebSocketFrames {

    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PONG = 0x8a;
    private static final int OPCODE = 0x0f;

    private WebSocketFrames() {}

    /** One text frame with the packet, then one binary frame per attachment, in one direct buffer. */
    static ByteBuf encode(Optional<String> packet, List<byte[]> attachments) {
        int textBytes = packet.map(ByteBufUtil::utf8Bytes).orElse(0);
        int size = packet.isEmpty() ? 0 : headerBytes(textBytes) + textBytes;
        for (byte[] attachment : attachments) {
            size += headerBytes(attachment.length) + attachment.length;
        }
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(size, size);
        packet.ifPresent(text -> {
            writeHeader(out, TEXT, textBytes);
            ByteBufUtil.reserveAndWriteUtf8(out, text, textBytes);
        });
        for (byte[] attachment : attachments) {
            writeHeader(out, BINARY, attachment.length);
            out.writeBytes(attachment);
        }
        return out;
    }

    /**
     * The frames of an encoded buffer, each with a reference of its own to its memory: as an object for the extensions
     * of the pipeline where its payload is large enough, else as the ready bytes.
     */
    static void forEach(ByteBuf frames, int objectFrom, Consumer<Object> consumer) {
        ByteBuf in = frames.duplicate();
        while (in.isReadable()) {
            int start = in.readerIndex();
            boolean text = (in.readByte() & OPCODE) == 1;
            int length = in.readByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            if (length < objectFrom) {
                in.skipBytes(length);
                consumer.accept(in.retainedSlice(start, in.readerIndex() - start));
            } else {
                ByteBuf payload = in.readRetainedSlice(length);
                consumer.accept(text ? new TextWebSocketFrame(payload) : new BinaryWebSocketFrame(payload));
            }
        }
    }

    /** Answers a ping with its own payload. */
    static ByteBuf pong(ByteBuf payload) {
        return control(PONG, payload);
    }

    /** @param payload of the close frame that it answers, which may be empty */
    static ByteBuf close(ByteBuf payload) {
        return control(CLOSE, payload);
    }

    /** @param reason not longer than 123 bytes (section 5.5) */
    static ByteBuf close(int status, String reason) {
        ByteBuf out = Unpooled.buffer(4 + reason.length());
        writeHeader(out, CLOSE, 2 + ByteBufUtil.utf8Bytes(reason));
        out.writeShort(status);
        ByteBufUtil.writeUtf8(out, reason);
        return out;
    }

    private static ByteBuf control(int type, ByteBuf payload) {
        ByteBuf out = Unpooled.buffer(2 + payload.readableBytes());
        writeHeader(out, type, payload.readableBytes());
        return out.writeBytes(payload);
    }

    private static int headerBytes(int length) {
        return length < 126 ? 2 : length <= 0xffff ? 4 : 10;
    }

    private static void writeHeader(ByteBuf out, int first, int length) {
        out.writeByte(first);
        if (length < 126) {
            out.writeByte(length);
        } else if (length <= 0xffff) {
            out.writeByte(126).writeShort(length);
        } else {
            out.writeByte(127).writeLong(length);
        }
    }
}
