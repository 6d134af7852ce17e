package io.collabcluster.engineio;

import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.function.Consumer;

/** An Engine.IO v4 server at one path. Several may run in one process. */
public final class EngineServer {

    /** Before the routes of the application, which then never see a request of this path. */
    private static final int FIRST = -1000;

    private final Engine engine;
    private final Gate gate;
    private final Gate forwarded;

    public EngineServer(EngineOptions options, Admission admission, EngineMetrics metrics, SessionHandler handler) {
        this(options, admission, metrics, handler, EngineNode.alone());
    }

    public EngineServer(
            EngineOptions options,
            Admission admission,
            EngineMetrics metrics,
            SessionHandler handler,
            EngineNode node) {
        this.engine = new Engine(
                options,
                metrics,
                handler,
                new SessionIds(node.id()),
                new AddressLimits(options.limits()),
                new Sessions(),
                node.relays());
        this.gate = new Gate(engine, admission, node.strays(), false);
        this.forwarded = new Gate(engine, admission, Strays.NONE, true);
    }

    /** Mounts the polling transport, and the gate for WebSocket upgrades, at {@link EngineOptions#path}. */
    public void route(Router router) {
        mount(router, gate);
    }

    /** The same for requests that another node has sent on: what is no session of this process is nobody's. */
    public void routeForwarded(Router router) {
        mount(router, forwarded);
    }

    private void mount(Router router, Gate at) {
        String path = engine.options().path();
        router.route(path).order(FIRST).handler(rc -> {
            boolean slash = rc.request().path().endsWith("/");
            if (!slash || engine.options().addTrailingSlash() || path.endsWith("/")) {
                at.handle(rc);
            } else {
                rc.next();
            }
        });
        if (engine.options().addTrailingSlash() && !path.endsWith("/")) {
            router.route(path + "/").order(FIRST).handler(at);
        }
    }

    /** Open sessions. Any thread. */
    public int sessions() {
        return sessionsByTransport().values().stream().mapToInt(n -> n).sum();
    }

    /** Open sessions by the transport they are on now. Any thread. */
    public Map<TransportName, Integer> sessionsByTransport() {
        return engine.sessions().byTransport();
    }

    /** Runs the consumer for every open session, on the session's own event loop. Any thread; returns at once. */
    public void forEach(Consumer<Session> consumer) {
        engine.sessions().all().forEach(session -> session.loop().execute(() -> {
            if (session.isOpen()) {
                consumer.accept(session);
            }
        }));
    }

    /** Closes all sessions and refuses new ones from now on. Any thread; returns at once. */
    public void close(CloseReason reason) {
        engine.sessions().close();
        forEach(session -> session.close(reason));
    }
}
