package io.collabcluster.engineio;

import io.netty.channel.EventLoop;

/**
 * An open Engine.IO session, as the layer above sees it. It belongs to one event loop for life: every method except
 * {@link #id}, {@link #loop} and {@link #handshake} must be called on that loop.
 */
public interface Session {

    /** 20 characters of {@code [A-Za-z0-9_-]}. */
    String id();

    EventLoop loop();

    Handshake handshake();

    TransportName transport();

    /** Whether the transport would take a message now without queueing it behind others: false drops a volatile one. */
    boolean writable();

    /**
     * Queues the message; all that is queued on one loop in one go leaves with one flush per connection. A broadcast may
     * wait for others, up to 20 ms, where they follow each other closely on a busy loop. Takes a reference of its own.
     * Closes the session as {@link CloseReason#SLOW_CONSUMER} when too much waits.
     */
    void send(OutboundMessage message);

    /**
     * Tells that a received message of so many bytes is still being served. While more than
     * {@link EngineLimits#inboundBytes()} are, the client is not read from.
     */
    void hold(int bytes);

    /** The end of {@link #hold}. */
    void unhold(int bytes);

    /** Closes the session after what is queued was handed to the transport. Does nothing the second time. */
    void close(CloseReason reason);
}
