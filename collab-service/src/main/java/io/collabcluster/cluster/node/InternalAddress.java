package io.collabcluster.cluster.node;

import io.collabcluster.cluster.redis.RedisOptions;
import io.collabcluster.engineio.Subnet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Under which address the other nodes reach this one: as configured, or that of the network interface that leads to
 * Redis, where they are too.
 */
public final class InternalAddress {

    private static final List<Subnet> LOOPBACK = Stream.of("127.0.0.0/8", "::1")
            .flatMap(range -> Subnet.parse(range).stream())
            .toList();

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

    /**
     * What an operator should know of this node's address beside another's: one that leads back to whoever asks is found
     * where Redis is on this machine, or is reached through it.
     */
    public Optional<String> doubt(NodeRecord other) {
        return configured.isPresent()
                ? Optional.empty()
                : found.filter(own -> isLoopback(own) && !isLoopback(other.address()))
                        .map(own -> "The other nodes are told to reach this one at " + own + ", and node " + other.id()
                                + " is at " + other.address() + ": if that is another machine, it can't; set"
                                + " cluster.address to HOST:PORT under which it can");
    }

    /** Whether a node that goes there comes to itself. @param own its address, as others are told */
    static boolean leadsBack(String address, String own) {
        var there = HostAndPort.parseAuthority(address, -1);
        var here = HostAndPort.parseAuthority(own, -1);
        return address.equals(own)
                || there != null && here != null && isLoopback(address) && there.port() == here.port();
    }

    private static boolean isLoopback(String address) {
        var authority = HostAndPort.parseAuthority(address, -1);
        if (authority == null) {
            return false;
        }
        return authority.host().equals("localhost")
                || LOOPBACK.stream().anyMatch(range -> range.contains(authority.host()));
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
