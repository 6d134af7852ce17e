package io.collabcluster.cluster;

import io.collabcluster.cluster.redis.RedisOptions;
import java.util.Optional;

/**
 * How a node takes part in a cluster.
 *
 * @param id the first 4 characters of the ids of this node's sessions, of {@code [A-Za-z0-9_-]}; empty: chosen at the
 *     start. A balancer that routes by session id has to know it
 * @param port where this node listens for the other nodes; 0: a free one
 * @param address {@code host:port} under which the other nodes reach that port; empty: found out
 * @param url under which clients reach this very node; empty: it is not offered in the server list
 * @param weight its share of clients beside the others'
 * @param secret shared by the nodes, who prove themselves to one another with it; empty: one that they keep in Redis
 */
public record ClusterOptions(
        RedisOptions redis,
        Optional<String> id,
        int port,
        Optional<String> address,
        Optional<String> url,
        int weight,
        Optional<String> secret) {

    public static final int DEFAULT_PORT = 3001;
    public static final int DEFAULT_WEIGHT = 100;

    /** Keeps secrets out of logs. */
    @Override
    public String toString() {
        return "ClusterOptions[redis=" + redis + ", id=" + id + ", port=" + port + ", address=" + address + ", url="
                + url + ", weight=" + weight + ']';
    }
}
