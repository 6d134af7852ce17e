package io.collabcluster.cluster.node;

import io.collabcluster.cluster.TestRedis;
import io.collabcluster.cluster.redis.Names;
import io.collabcluster.engineio.Admission;
import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.EngineMetrics;
import io.collabcluster.engineio.EngineNode;
import io.collabcluster.engineio.EngineOptions;
import io.collabcluster.engineio.EngineServer;
import io.collabcluster.engineio.OutboundMessage;
import io.collabcluster.engineio.Session;
import io.collabcluster.engineio.SessionListener;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node with an engine that sends every text back, its public port and its internal one. */
final class ForwardingNode implements AutoCloseable {

    static final Names NAMES = new Names("forwarding");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What came in at the internal port and was believed. */
    record Arrival(String address, String scheme, MultiMap headers) {}

    final TestRegistry member;
    final List<Session> sessions = new CopyOnWriteArrayList<>();
    final List<CloseReason> ended = new CopyOnWriteArrayList<>();
    final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    final ForwardMetrics metrics = new ForwardMetrics();
    final Forwarding forwarding;
    final NodeServer internal;
    final EngineServer engine;
    private final HttpServer open;

    ForwardingNode(TestRedis redis, EngineOptions options, Optional<String> secret, Optional<KeyCertOptions> tls) {
        this(redis, options, secret, tls, PATIENCE);
    }

    /** @param patience with a node that an answer went through */
    ForwardingNode(
            TestRedis redis,
            EngineOptions options,
            Optional<String> secret,
            Optional<KeyCertOptions> tls,
            Duration patience) {
        // The test has its own idea of when a lease ends: the owner that died is known for a while.
        member =
                new TestRegistry(redis.port(), NAMES, TestRegistry.STEADY, Optional.empty(), Clock.systemUTC(), secret);
        Vertx vertx = member.vertx;
        var client = new NodeClient(vertx, member.registry, member.secret, PATIENCE);
        forwarding = new Forwarding(vertx, member.registry, client, member.uid, PATIENCE, metrics);
        var relays = new RelayingNodes(member.registry, client, member.uid, patience);
        engine = new EngineServer(
                options,
                Admission.OPEN,
                EngineMetrics.NONE,
                this::opened,
                new EngineNode(member.registry::id, forwarding, relays));
        Router inner = Router.router(vertx);
        inner.route().order(-5_000).handler(rc -> {
            arrivals.add(arrival(rc.request()));
            rc.next();
        });
        engine.routeForwarded(inner);
        relays.routeInternally(inner);
        internal = new NodeServer(vertx, tls, member.secret, member.registry::claimed, inner, metrics);
        TestRegistry.await(internal.listen("127.0.0.1", 0));
        member.address.set("127.0.0.1:" + internal.port());
        member.certificate.set(tls.map(key -> PinnedCertificates.hash(key, vertx)));
        member.start();

        Router router = Router.router(vertx);
        // As Quarkus hands requests over.
        router.route().order(-5_000).handler(rc -> {
            rc.request().pause();
            rc.next();
        });
        engine.route(router);
        open = vertx.createHttpServer().requestHandler(router);
        TestRegistry.await(open.listen(0, "127.0.0.1"));
    }

    private static Arrival arrival(HttpServerRequest request) {
        return new Arrival(
                request.remoteAddress().hostAddress(),
                request.scheme(),
                MultiMap.caseInsensitiveMultiMap().addAll(request.headers()));
    }

    int port() {
        return open.actualPort();
    }

    private SessionListener opened(Session session) {
        sessions.add(session);
        return new SessionListener() {
            @Override
            public void text(String message) {
                send(session, message);
            }

            @Override
            public void binary(byte[] message) {}

            @Override
            public void closed(CloseReason reason) {
                ended.add(reason);
            }
        };
    }

    static void send(Session session, String text) {
        OutboundMessage message = OutboundMessage.text(text);
        session.send(message);
        message.release();
    }

    /** Its ports are closed, and its connections are cut. */
    void kill() {
        member.kill();
    }

    @Override
    public void close() {
        kill();
    }
}
