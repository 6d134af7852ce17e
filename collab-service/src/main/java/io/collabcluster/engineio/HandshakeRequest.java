package io.collabcluster.engineio;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the gate asks of a request. */
record HandshakeRequest(HttpServerRequest request, Map<String, List<String>> query, TrustedProxies proxies) {

    /** @throws IllegalArgumentException when the query can't be decoded */
    static HandshakeRequest of(HttpServerRequest request, TrustedProxies proxies) {
        return new HandshakeRequest(request, new QueryStringDecoder(request.uri()).parameters(), proxies);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).map(List::getFirst);
    }

    Optional<TransportName> transport(EngineOptions options) {
        return parameter("transport").flatMap(name -> options.transports().stream()
                .filter(transport -> transport.wireName().equals(name))
                .findFirst());
    }

    boolean isGet() {
        return request.method() == HttpMethod.GET;
    }

    /** Whether it asks for a WebSocket in a way that can be granted (RFC 6455 section 4.2.1). */
    boolean isUpgrade() {
        return isGet()
                && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && String.valueOf(request.getHeader("Connection"))
                        .toLowerCase(Locale.ROOT)
                        .contains("upgrade")
                && request.headers().contains("Sec-WebSocket-Key")
                && "13".equals(request.getHeader("Sec-WebSocket-Version"));
    }

    /** Characters that HTTP forbids in a header, as the reference server refuses them in the origin. */
    boolean hasValidOrigin() {
        String origin = request.getHeader("Origin");
        return origin == null || origin.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7f && c <= 0xff);
    }

    Client client() {
        return proxies.client(request);
    }

    Handshake handshake(Client client) {
        return new Handshake(request.uri(), request.headers(), client.address(), client.secure(), Instant.now());
    }

    Strays.Stray stray(String sid, Runnable unknown) {
        return new Strays.Stray(sid, request, client(), unknown);
    }
}
