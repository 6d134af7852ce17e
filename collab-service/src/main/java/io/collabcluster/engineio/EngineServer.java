package io.collabcluster.engineio;

import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.function.Consumer;

/** An Engine.IO v4 server at one path. Several may run in one process. */
public final class EngineServer {

    public EngineServer(EngineOptions options, Admission admission, EngineMetrics metrics, SessionHandler handler) {}

    /** Mounts the polling transport, and the gate for WebSocket upgrades, at {@link EngineOptions#path}. */
    public void route(Router router) {}

    /** Open sessions. Any thread. */
    public int sessions() {
        return 0;
    }

    /** Open sessions by the transport they are on now. Any thread. */
    public Map<TransportName, Integer> sessionsByTransport() {
        return Map.of();
    }

    /** Runs the consumer for every open session, on the session's own event loop. Any thread; returns at once. */
    public void forEach(Consumer<Session> consumer) {}

    /** Closes all sessions and refuses new ones from now on. Any thread; returns at once. */
    public void close(CloseReason reason) {}
}
