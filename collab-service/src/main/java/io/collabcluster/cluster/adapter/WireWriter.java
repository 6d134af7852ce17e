package io.collabcluster.cluster.adapter;

import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Packet;
import io.collabcluster.socketio.Payload;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;

/** Writes a message, in JSON or in msgpack, as the Node libraries do. */
interface WireWriter {

    /** @param fields how many follow */
    WireWriter object(int fields);

    WireWriter array(int elements);

    /** Ends the object or array that was begun last. */
    WireWriter end();

    WireWriter key(String name);

    WireWriter text(String value);

    WireWriter number(long value);

    WireWriter truth(boolean value);

    WireWriter json(Json value);

    /** An argument, with its binary parts. */
    WireWriter argument(Payload.Element argument, Payload of);

    Buffer finish();

    default WireWriter names(Collection<String> names) {
        array(names.size());
        names.forEach(this::text);
        return end();
    }

    /** The data of an event: its name and its arguments. */
    default WireWriter event(String name, Payload arguments) {
        array(arguments.size() + 1).text(name);
        arguments.list().forEach(argument -> argument(argument, arguments));
        return end();
    }

    default WireWriter event(Packet.Event event) {
        return event(event.name(), event.arguments());
    }

    /** The only argument that a response has for Node. */
    default WireWriter response(Payload payload) {
        return payload.size() == 0 ? json(Json.NULL) : argument(payload.list().getFirst(), payload);
    }
}
