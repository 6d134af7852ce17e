package io.collabcluster.cluster.node;

import io.collabcluster.cluster.redis.RedisOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Under which address the other nodes reach this one: as configured, or that of the network interface that leads to
 * Redis, where they are too.
 */
public final class InternalAddress {

    private final Vertx vertx;
    private final Optional<String> configured;
    private final RedisOptions.Server redis;
    private final IntSupplier port;
    private volatile Optional<String> found = Optional.empty();

    /** @param port asked when there is nothing configured, and then listened on */
    public InternalAddress(Vertx vertx, Optional<String> configured, RedisOptions.Server redis, IntSupplier port) {
        this.vertx = vertx;
        this.configured = configured;
        this.redis = redis;
        this.port = port;
    }

    /** {@code host:port}. Fails when no way leads to Redis. */
    public Future<String> get() {
        return configured.or(() -> found).map(Future::succeededFuture).orElseGet(() -> vertx.executeBlocking(
                        () -> towards(redis) + ':' + port.getAsInt(), false)
                .onSuccess(address -> found = Optional.of(address)));
    }

    /** Connecting a datagram socket sends nothing: it asks for the route. */
    private static String towards(RedisOptions.Server peer) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(peer.host()), peer.port()));
            String host = socket.getLocalAddress().getHostAddress();
            int zone = host.indexOf('%');
            String bare = zone < 0 ? host : host.substring(0, zone);
            return bare.contains(":") ? '[' + bare + ']' : bare;
        }
    }
}
