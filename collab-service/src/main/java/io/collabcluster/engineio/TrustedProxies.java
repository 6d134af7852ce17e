package io.collabcluster.engineio;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;

/**
 * The one place that says who a request comes from: whoever sent it, or, where that is a trusted balancer, whom the
 * balancer names, in the header of the PROXY protocol or in {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. What
 * others claim is not believed.
 */
public final class TrustedProxies {

    private final List<Subnet> subnets;

    public TrustedProxies(ProxyOptions options) {
        subnets = options.trusted();
    }

    public boolean trusts(String address) {
        return subnets.stream().anyMatch(subnet -> subnet.contains(address));
    }

    public Client client(HttpServerRequest request) {
        Client peer = peer(request);
        if (!trusts(peer.address())) {
            return peer;
        }
        ForwardedFor.Found found =
                ForwardedFor.client(request.headers().getAll("X-Forwarded-For"), peer.address(), this::trusts);
        List<String> schemes = List.of(
                String.join(",", request.headers().getAll("X-Forwarded-Proto")).split(",", -1));
        return new Client(found.address(), secure(schemes, found.hops(), peer));
    }

    /** Hops either add to the list, as they do with addresses, or leave one entry that speaks for all. */
    private static boolean secure(List<String> schemes, int hops, Client peer) {
        String scheme =
                schemes.get(Math.max(0, schemes.size() - Math.max(1, hops))).strip();
        return scheme.isEmpty() ? peer.secure() : "https".equalsIgnoreCase(scheme);
    }

    /** Of whom the connection is; a trusted balancer may have said so at its begin. */
    private static Client peer(HttpServerRequest request) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        boolean secure = "https".equals(request.scheme());
        Client told = channel.attr(ProxyHeader.CLIENT).get();
        if (told != null) {
            return new Client(told.address(), told.secure() || secure);
        }
        if (request.remoteAddress() == null || request.remoteAddress().hostAddress() == null) {
            return new Client("local", secure);
        }
        String address = request.remoteAddress().hostAddress();
        return new Client(ForwardedFor.canonical(address).orElse(address), secure);
    }
}
