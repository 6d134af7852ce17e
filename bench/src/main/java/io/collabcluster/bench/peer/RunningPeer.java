package io.collabcluster.bench.peer;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A peer's processes. They end with {@link #close}, at the latest with the bench. */
public interface RunningPeer extends AutoCloseable {

    /** One per process, at least one. Clients are spread over them evenly. */
    List<InetSocketAddress> addresses();

    /** Of all its processes. What they share, as a Redis, is not among them. @throws PeerFailure when one has ended */
    Usage usage();

    /** Of the Redis that its processes share; empty where they share nothing. @throws PeerFailure when it has ended */
    default Optional<Usage> redis() {
        return Optional.empty();
    }

    /** Ends it without a goodbye, as a crash would; returns when the processes are gone. */
    void kill();

    /** Ends it; returns when the processes are gone. */
    @Override
    void close();
}
