package io.collabcluster.bench.load;

import io.netty.buffer.ByteBuf;

/** What a client does when something happens to it. Called on the client's event loop. */
public interface Behaviour {

    /** It is connected to the namespace. */
    default void ready(Client client) {}

    /** A message to its room. @param latencyNanos since the time stamp in it */
    default void delivered(Client client, long number, long latencyNanos) {}

    /** A message to its room that is not as it was sent. */
    default void altered(Client client) {}

    /** What it asked for by that id. The answer's data stand from one index up to another, as a JSON array. */
    default void acknowledged(Client client, long id, ByteBuf in, int from, int to, long now) {}

    /** It is connected no more, or could not be. */
    default void closed(Client client) {}
}
