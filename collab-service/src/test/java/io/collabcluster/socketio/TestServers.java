package io.collabcluster.socketio;

import io.collabcluster.engineio.Admission;
import io.collabcluster.engineio.EngineMetrics;
import io.collabcluster.engineio.EngineOptions;
import io.collabcluster.engineio.EngineServer;
import io.collabcluster.engineio.SessionHandler;
import io.collabcluster.socketio.echo.EchoApplication;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Mounts Socket.IO servers with the echo application in the running node, each at a path of its own. */
@Singleton
public class TestServers {

    private static final AtomicInteger PATHS = new AtomicInteger();

    private Router router;

    void routes(@Observes Router running) {
        router = running;
    }

    TestServer echo(SocketIoOptions options) {
        var server = new SocketIoServer(options, AdapterFactory.LOCAL);
        EchoApplication.install(server);
        String path = "/socketio-" + PATHS.incrementAndGet();
        return new TestServer(server, mount(path, server), path);
    }

    EngineServer mount(String path, SessionHandler handler) {
        var engine = new EngineServer(EngineOptions.DEFAULTS.at(path), Admission.OPEN, EngineMetrics.NONE, handler);
        engine.route(router);
        return engine;
    }

    record TestServer(SocketIoServer server, EngineServer engine, String path) {}
}
