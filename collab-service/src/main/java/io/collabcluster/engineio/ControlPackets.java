package io.collabcluster.engineio;

/** Packets that are the same for every session: they keep the reference that they start with. */
final class ControlPackets {

    static final OutboundMessage PING = OutboundMessage.packet(PacketType.PING, "");
    static final OutboundMessage NOOP = OutboundMessage.packet(PacketType.NOOP, "");
    static final OutboundMessage CLOSE = OutboundMessage.packet(PacketType.CLOSE, "");
    static final OutboundMessage PROBE_ANSWER = OutboundMessage.packet(PacketType.PONG, "probe");

    private ControlPackets() {}

    static OutboundMessage of(PacketType type) {
        return type == PacketType.NOOP ? NOOP : CLOSE;
    }
}
