package io.collabcluster.cluster.redis;

/**
 * What a cluster's keys and channels are called. Two clusters that share a Redis have different keys.
 *
 * @param key the option {@code key} of the Socket.IO adapters: their channels begin with it
 */
public record Names(String key) {

    public static final String DEFAULT_KEY = "socket.io";

    private static final String OURS = "collab:";

    /** A channel of our own; in a Redis Cluster these are spread over the shards. */
    public String channel(String name) {
        return OURS + key + ':' + name;
    }

    /** A key of our own; in a Redis Cluster all of these are in one slot, so that one script may touch several. */
    public String stored(String name) {
        return OURS + '{' + key + "}:" + name;
    }
}
