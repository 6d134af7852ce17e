package io.collabcluster.bench.load;

/** What a client does when something happens to it. Called on the client's event loop. */
public interface Behaviour {

    /** It is connected to the namespace. */
    default void ready(Client client) {}

    /** What it asked for last was acknowledged. */
    default void acknowledged(Client client) {}

    /** It is connected no more, or could not be. */
    default void closed(Client client) {}
}
