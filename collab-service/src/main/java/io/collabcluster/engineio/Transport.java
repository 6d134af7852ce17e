package io.collabcluster.engineio;

/** How a session's packets travel now. Used on the session's event loop. */
sealed interface Transport permits PollingTransport, WebSocketTransport {

    TransportName name();

    /** Whether it would take a message now. */
    boolean writable();

    /** Bytes that left the session's queue and are still in this process. */
    long waitingBytes();

    /** Takes from the queue what it can send now. */
    void flush(SendQueue queue);

    /** Starts or stops reading from the client. */
    void reading(boolean on);

    /**
     * Ends it: sends what is left in the queue, then says farewell.
     *
     * @param farewell what a waiting poll is answered with
     * @return whether it waits for the client to collect the rest
     */
    boolean close(SendQueue queue, CloseReason reason, PacketType farewell);
}
