package io.collabcluster.engineio;

/** What the engine counts. Called from event loops: must not block. */
public interface EngineMetrics {

    EngineMetrics NONE = new EngineMetrics() {};

    default void opened(TransportName transport) {}

    default void upgraded() {}

    /** @param transport the one that the session ended on */
    default void closed(TransportName transport, CloseReason reason) {}

    default void received(int bytes) {}

    default void sent(int messages, long bytes) {}

    /** @param reason a short fixed word for the label, e.g. {@code connections_per_address} */
    default void refused(String reason) {}
}
