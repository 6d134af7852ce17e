package io.collabcluster.bench.peer;

import java.net.InetSocketAddress;
import java.util.Optional;

/** A server of which several nodes can be joined by a Redis. */
interface ClusterNode {

    /** As {@link Peer#polling()}. */
    boolean polling();

    /** As {@link Peer#absence()}. */
    Optional<String> absence();

    /** Starts one more node among a peer's processes. */
    void start(PeerProcesses peer, StartOptions options, InetSocketAddress address, String redisUrl);
}
