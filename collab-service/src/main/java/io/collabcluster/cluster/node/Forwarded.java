package io.collabcluster.cluster.node;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;

/** A request that another node has sent on, as it was there. */
final class Forwarded extends HttpServerRequestWrapper {

    /** The {@link NodeRecord#uid} of the node that has sent it on. No part of the proof: earlier versions have no such header. */
    static final String RELAY = "Collab-Node";

    private final SocketAddress client;
    private final String scheme;

    Forwarded(HttpServerRequest request, Proof proof) {
        super((HttpServerRequestInternal) request);
        client = SocketAddress.inetSocketAddress(0, proof.client().address());
        scheme = proof.client().secure() ? "https" : "http";
        takeRelay();
    }

    /** Routers wrap a request, but its context remains. */
    private void takeRelay() {
        String relay = headers().get(RELAY);
        if (relay != null) {
            headers().remove(RELAY);
            context().putLocal(RELAY, relay);
        }
    }

    /** @param request one of these, or what a router has made of it */
    static Optional<String> relay(HttpServerRequest request) {
        Context context = ((HttpServerRequestInternal) request).context();
        return Optional.ofNullable(context.getLocal(RELAY));
    }

    @Override
    public SocketAddress remoteAddress() {
        return client;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public boolean isSSL() {
        return "https".equals(scheme);
    }
}
