package io.collabcluster.balance.recipe;

import io.collabcluster.engineio.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a balancer's configuration is made of.
 *
 * @param version of the balancer
 * @param nodes one or more
 * @param tcp pass connections on as they are, without reading what goes over them
 * @param proxyProtocol with {@code tcp}: tell the nodes the client's address by it; with {@code trusted}: take it from them
 * @param trusted who stands in front of the balancer, and says whom a connection is of
 * @param tls empty: plain
 * @param key the query parameter of {@link Mode#KEY}
 * @param listen {@code port}, {@code address:port}; one or more
 * @param agentCheckPort the nodes' {@code agentCheck.port}
 */
public record Recipe(
        Product product,
        ProductVersion version,
        List<Backend> nodes,
        Mode mode,
        boolean tcp,
        boolean proxyProtocol,
        List<Subnet> trusted,
        Optional<Certificate> tls,
        String key,
        List<String> listen,
        OptionalInt agentCheckPort) {

    /** The node sends and expects something every 25 s, and takes a client as gone after 45 s ({@code pingInterval} + {@code pingTimeout}). */
    static final String LONGER_THAN_SILENCE = "60s";

    /** The whole file. */
    public String text() {
        return switch (product) {
            case NGINX -> tcp ? new NginxStream(this).text() : new NginxHttp(this).text();
            case HAPROXY -> new Haproxy(this).text();
        };
    }

    /** Whether a balancer in front of this one names the client. */
    boolean behindAnother() {
        return !trusted.isEmpty();
    }

    /** Whether that one does it by the PROXY protocol. */
    boolean takesProxyProtocol() {
        return proxyProtocol && behindAnother();
    }

    /** Whether the nodes are told of the client by the PROXY protocol; by HTTP headers otherwise. */
    boolean sendsProxyProtocol() {
        return tcp && proxyProtocol;
    }
}
