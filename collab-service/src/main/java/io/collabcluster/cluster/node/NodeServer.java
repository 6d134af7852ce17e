package io.collabcluster.cluster.node;

import io.collabcluster.engineio.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.KeyCertOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The port that the nodes of a cluster have for one another. Whoever is no node gets nothing there but 401. */
public final class NodeServer {

    /** Above what any client's request can be, with the headers of a {@link Proof}. */
    private static final int MOST_HEADER_BYTES = 64 * 1024;

    private static final int MOST_URI_BYTES = 32 * 1024;

    /** Longer than the other nodes keep a connection that they do not use. */
    private static final int IDLE_SECONDS = 15 * 60;

    private static final AtomicInteger FREE_PORTS = new AtomicInteger();

    private final Vertx vertx;
    private final HttpServerOptions options;
    private final NodeSecret secret;
    private final Supplier<Optional<NodeId>> self;
    private final Handler<HttpServerRequest> routes;
    private final ForwardMetrics metrics;
    private final Strangers.Bounds strangers;
    private final List<HttpServer> servers = new ArrayList<>();

    /**
     * @param certificate empty: no TLS
     * @param routes given the proven requests, as they were at the node that sent them
     */
    public NodeServer(
            Vertx vertx,
            Optional<KeyCertOptions> certificate,
            NodeSecret secret,
            Supplier<Optional<NodeId>> self,
            Handler<HttpServerRequest> routes,
            ForwardMetrics metrics) {
        this(vertx, certificate, secret, self, routes, metrics, Strangers.Bounds.DEFAULTS);
    }

    NodeServer(
            Vertx vertx,
            Optional<KeyCertOptions> certificate,
            NodeSecret secret,
            Supplier<Optional<NodeId>> self,
            Handler<HttpServerRequest> routes,
            ForwardMetrics metrics,
            Strangers.Bounds strangers) {
        this.vertx = vertx;
        this.options = new HttpServerOptions()
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setMaxInitialLineLength(MOST_URI_BYTES)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setSslHandshakeTimeout(strangers.patience().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                // The nodes speak HTTP/1.1 with one another; a client's wish to upgrade is none of theirs.
                .setHttp2ClearTextEnabled(false);
        certificate.ifPresent(key -> options.setSsl(true).setKeyCertOptions(key));
        this.secret = secret;
        this.self = self;
        this.routes = routes;
        this.metrics = metrics;
        this.strangers = strangers;
    }

    /**
     * Listens, on every event loop.
     *
     * @param port 0: a free one
     */
    public Future<Void> listen(String host, int port) {
        // Servers of one Vert.x share a port, which a negative number stands for while it is not known.
        int shared = port == 0 ? -FREE_PORTS.incrementAndGet() : port;
        var loops = new ArrayList<Future<HttpServer>>();
        ((VertxInternal) vertx).getEventLoopGroup().forEach(_ -> loops.add(listenOnNextLoop(host, shared)));
        return Future.all(loops).mapEmpty();
    }

    private Future<HttpServer> listenOnNextLoop(String host, int port) {
        var unproven = new Strangers(vertx, strangers);
        HttpServer server = vertx.createHttpServer(options)
                .connectionHandler(unproven::arrived)
                .requestHandler(request -> admit(request, unproven));
        servers.add(server);
        Promise<HttpServer> listening = Promise.promise();
        ((VertxInternal) vertx).createEventLoopContext().runOnContext(_ -> server.listen(port, host)
                .onComplete(listening));
        return listening.future();
    }

    /** What the other nodes know this server's certificate by: see {@link NodeRecord#certificate}. */
    public static String certificateHash(KeyCertOptions certificate, Vertx vertx) {
        return PinnedCertificates.hash(certificate, vertx);
    }

    public int port() {
        return servers.getFirst().actualPort();
    }

    private void admit(HttpServerRequest request, Strangers unproven) {
        var id = self.get();
        var proof = Proof.take(request.headers())
                .filter(p -> id.isPresent() && p.holds(secret, id.get(), request.method(), request.uri()));
        if (proof.isEmpty()) {
            metrics.forwarded(ForwardMetrics.Outcome.UNPROVEN);
            refuse(request);
            return;
        }
        unproven.proven(request.connection());
        request.pause();
        routes.handle(new Forwarded(request, proof.get()));
    }

    private static void refuse(HttpServerRequest request) {
        request.response()
                .setStatusCode(401)
                .putHeader("Content-Type", "application/json")
                .putHeader("Connection", "close")
                .end(new JsonObject()
                        .put(
                                "error",
                                new JsonObject()
                                        .put("code", "unproven")
                                        .put("message", "only the nodes of this cluster are served here"))
                        .toBuffer());
    }

    public Future<Void> close() {
        return Future.all(servers.stream().map(HttpServer::close).toList()).mapEmpty();
    }
}
