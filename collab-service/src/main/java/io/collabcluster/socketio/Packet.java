package io.collabcluster.socketio;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The packets of Socket.IO v5. Whether an event or an acknowledgement is a binary one follows from its payload.
 */
public sealed interface Packet {

    String namespace();

    /** @param data a client's auth object, or the server's answer with the socket's id */
    record Connect(String namespace, Optional<Json> data) implements Packet {}

    record Disconnect(String namespace) implements Packet {}

    /**
     * @param acknowledgement the id that the other side is to acknowledge with
     * @param arguments without the name
     */
    record Event(String namespace, OptionalLong acknowledgement, String name, Payload arguments) implements Packet {

        Event acknowledgedBy(long id) {
            return new Event(namespace, OptionalLong.of(id), name, arguments);
        }
    }

    record Ack(String namespace, long id, Payload arguments) implements Packet {}

    /** @param data an object with the message, and the data that goes with it */
    record ConnectError(String namespace, Json data) implements Packet {}
}
