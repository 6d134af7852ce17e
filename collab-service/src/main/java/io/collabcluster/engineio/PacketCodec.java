package io.collabcluster.engineio;

import io.collabcluster.engineio.Packet.Binary;
import io.collabcluster.engineio.Packet.Text;
import java.util.Base64;

/** Engine.IO v4 packets as text: one WebSocket text frame, or one element of a polling payload. */
final class PacketCodec {

    private static final char BINARY = 'b';

    private PacketCodec() {}

    /** A text frame: a type digit and its data. */
    static Text decode(String packet) throws PacketException {
        if (packet.isEmpty()) {
            throw new PacketException("empty packet, expected a type digit");
        }
        return new Text(PacketType.of(packet.charAt(0)), packet.substring(1));
    }

    /** An element of a polling payload: a text packet, or {@code b} and the base64 of a binary message. */
    static Packet decodePolling(String packet) throws PacketException {
        if (packet.isEmpty() || packet.charAt(0) != BINARY) {
            return decode(packet);
        }
        try {
            // The official Java client breaks lines in its base64.
            return new Binary(Base64.getDecoder().decode(packet.substring(1).replace("\n", "")));
        } catch (IllegalArgumentException e) {
            throw new PacketException("binary packet is not base64: " + e.getMessage());
        }
    }

    static String encode(PacketType type, String data) {
        return type.wire() + data;
    }

    static String encodePolling(byte[] binary) {
        return BINARY + Base64.getEncoder().encodeToString(binary);
    }
}
