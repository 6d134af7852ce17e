package io.collabcluster.cluster.adapter;

import io.collabcluster.socketio.Payload;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a message from its beginning to its end, in JSON or in msgpack. Each method takes one value, and throws {@link
 * MalformedMessage} when there is none. Emitters differ in how they write what is absent, so a value of another kind
 * than asked for is taken as empty, where that has a meaning.
 */
interface WireReader {

    /**
     * @param field is given each name, and must take its value
     * @return false when the value is no object
     */
    boolean object(Consumer<String> field);

    /** @param element must take one element; not called when the value is no array */
    void array(Runnable element);

    /** A string, or a number or truth value as text; empty for anything else. */
    String text();

    /** A whole number; 0 for anything else. */
    long number();

    /** False for anything but true. */
    boolean truth();

    /** Rooms: an array of strings or numbers, or a single one; {@code ""} and anything else stand for none. */
    Set<String> names();

    /** The data of an event: an array that begins with its name. */
    Event event();

    /** Any value, as the only argument. */
    Payload value();

    void skip();

    /** @throws MalformedMessage when something follows */
    void end();

    record Event(String name, Payload arguments) {}
}
