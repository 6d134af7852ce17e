package io.collabcluster.engineio;

/** A decoded Engine.IO packet. */
sealed interface Packet {

    /** @param data what follows the type; may be empty */
    record Text(PacketType type, String data) implements Packet {}

    /** Always a message: no other type has a binary form. */
    record Binary(byte[] data) implements Packet {}
}
