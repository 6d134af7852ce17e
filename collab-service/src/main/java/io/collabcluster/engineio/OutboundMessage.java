package io.collabcluster.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One message for any number of sessions, encoded at most once per transport: a text, and binary messages that follow it
 * with nothing in between. Counts its references: it starts with one, which its maker releases after the last
 * {@link Session#send}. May be shared by event loops.
 */
public final class OutboundMessage {

    private final PacketType type;
    /** Null in a message that is binary alone. */
    private final String text;

    private final List<byte[]> attachments;
    /** Counted when first asked for, which leaves Netty alone while constants are made at the native build. */
    private volatile int bytes;

    private final boolean broadcast;
    private final long created = System.nanoTime();
    private final AtomicInteger references = new AtomicInteger(1);
    private volatile ByteBuf frames;
    private volatile byte[] payload;

    private OutboundMessage(PacketType type, String text, List<byte[]> attachments, boolean broadcast) {
        this.type = type;
        this.text = text;
        this.attachments = attachments;
        this.broadcast = broadcast;
    }

    /** A text message, without its Engine.IO type. */
    public static OutboundMessage text(String text) {
        return new OutboundMessage(PacketType.MESSAGE, text, List.of(), false);
    }

    public static OutboundMessage of(String text, List<byte[]> attachments) {
        return new OutboundMessage(PacketType.MESSAGE, text, List.copyOf(attachments), false);
    }

    /** A binary message of its own. */
    public static OutboundMessage binary(byte[] data) {
        return new OutboundMessage(PacketType.MESSAGE, null, List.of(data), false);
    }

    /** The same message for many sessions: it may wait a little for others like it, so that they leave together. */
    public OutboundMessage asBroadcast() {
        return new OutboundMessage(type, text, attachments, true);
    }

    /** A packet of the protocol itself. */
    static OutboundMessage packet(PacketType type, String data) {
        return new OutboundMessage(type, data, List.of(), false);
    }

    /** Empty in a message that is binary alone. */
    public String text() {
        return text == null ? "" : text;
    }

    public List<byte[]> attachments() {
        return attachments;
    }

    /** Takes one more reference. @throws IllegalStateException when the last one is gone already */
    public OutboundMessage retain() {
        if (references.getAndIncrement() <= 0) {
            references.getAndDecrement();
            throw new IllegalStateException("message retained after its last release");
        }
        return this;
    }

    /** Gives a reference back; the last one frees the shared frames. */
    public void release() {
        int left = references.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("message released more often than retained");
        }
        if (left == 0 && frames != null) {
            frames.release();
        }
    }

    /** References that are held now. */
    int references() {
        return references.get();
    }

    /** Its weight in the bounds of a connection. */
    int bytes() {
        if (bytes == 0) {
            bytes = (text == null ? 0 : 1 + ByteBufUtil.utf8Bytes(text))
                    + attachments.stream().mapToInt(a -> a.length).sum();
        }
        return bytes;
    }

    boolean isBroadcast() {
        return broadcast;
    }

    /** When it was made, in the nanoseconds of {@link System#nanoTime}. */
    long created() {
        return created;
    }

    PacketType type() {
        return type;
    }

    /** Its WebSocket frames, shared by all connections: write a {@code retainedDuplicate}. The caller holds a reference. */
    ByteBuf frames() {
        ByteBuf made = frames;
        return made != null ? made : makeFrames();
    }

    private synchronized ByteBuf makeFrames() {
        if (frames == null) {
            frames = WebSocketFrames.encode(
                    Optional.ofNullable(text).map(t -> PacketCodec.encode(type, t)), attachments);
        }
        return frames;
    }

    /** Its packets in a polling payload, shared by all answers that carry it. */
    byte[] payload() {
        byte[] made = payload;
        if (made == null) {
            StringJoiner packets = new StringJoiner(String.valueOf(PollingPayload.SEPARATOR));
            if (text != null) {
                packets.add(PacketCodec.encode(type, text));
            }
            attachments.forEach(binary -> packets.add(PacketCodec.encodePolling(binary)));
            made = packets.toString().getBytes(StandardCharsets.UTF_8);
            payload = made;
        }
        return made;
    }
}
