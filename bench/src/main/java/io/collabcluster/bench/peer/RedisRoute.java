package io.collabcluster.bench.peer;

import java.net.InetSocketAddress;

/** How the nodes of a cluster reach the Redis that they share. */
@FunctionalInterface
public interface RedisRoute {

    RedisRoute DIRECT = (node, redis) -> redis;

    /**
     * @param node from 0, in the order of {@link RunningPeer#addresses}
     * @return the Redis, or what passes everything on to it; on 127.0.0.1, too
     */
    InetSocketAddress of(int node, InetSocketAddress redis);
}
