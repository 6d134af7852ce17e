package io.collabcluster.cluster.node;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.core.net.SocketAddress;

/** A request that another node has sent on, as it was there. */
final class Forwarded extends HttpServerRequestWrapper {

    private final SocketAddress client;
    private final String scheme;

    Forwarded(HttpServerRequest request, Proof proof) {
        super((HttpServerRequestInternal) request);
        client = SocketAddress.inetSocketAddress(0, proof.client().address());
        scheme = proof.client().secure() ? "https" : "http";
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
