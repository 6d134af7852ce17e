package io.collabcluster.cluster.redis;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the shared Redis is, and what this cluster is called there.
 *
 * @param servers the sentinels, for {@link Mode#SENTINEL}; some of the cluster's nodes, for {@link Mode#CLUSTER}
 * @param master the name that the sentinels know the master by
 * @param database what {@code SELECT} takes; 0 for a cluster
 * @param tls empty: plain connections
 */
public record RedisOptions(
        Mode mode,
        List<Server> servers,
        String master,
        int database,
        Optional<String> username,
        Optional<String> password,
        Optional<TlsFiles> tls,
        Format format,
        Names names) {

    /** @param host a name, which may have underscores in it, or an address; an IPv6 one without brackets */
    public record Server(String host, int port) {}

    /** What stands behind the servers' addresses. */
    public enum Mode {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    /** In which of the published formats broadcasts travel. */
    public enum Format {
        /** {@code @socket.io/redis-adapter}'s {@code createAdapter}: any Redis, and every emitter. */
        CLASSIC,
        /** {@code createShardedAdapter}: sharded publish and subscribe, of Redis 7 and later. */
        SHARDED
    }

    /**
     * PEM files.
     *
     * @param root what the server's certificate is verified by; empty: the CAs of the Java machine
     * @param certificate shown to the server, with {@code key}
     */
    public record TlsFiles(Optional<Path> root, Optional<Path> certificate, Optional<Path> key) {}

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return mode + " " + servers + " as " + names.key() + ", " + format;
    }
}
