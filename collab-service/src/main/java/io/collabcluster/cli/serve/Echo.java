package io.collabcluster.cli.serve;

import io.collabcluster.collab.store.Postgres;
import io.collabcluster.config.CollabConfig;
import io.collabcluster.engineio.Admission;
import io.collabcluster.engineio.EngineMetrics;
import io.collabcluster.engineio.EngineNode;
import io.collabcluster.engineio.EngineServer;
import io.collabcluster.engineio.Session;
import io.collabcluster.socketio.AdapterFactory;
import io.collabcluster.socketio.SocketIoServer;
import io.collabcluster.socketio.echo.EchoApplication;
import io.collabcluster.socketio.echo.EngineEcho;
import io.collabcluster.status.Dependency;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code "diagnostics": {"echo": true}}: the protocol's echo application, and nothing of collaboration. */
final class Echo implements Application {

    private static final String BARE_PATH = "/engine.io";

    private final SocketIoServer sockets;
    private final List<EngineServer> engines;
    private final Optional<Clustering> clustering;

    Echo(
            CollabConfig config,
            Optional<Clustering> clustering,
            Optional<ClusterMember> member,
            Admission admission,
            EngineMetrics metrics) {
        this.clustering = clustering;
        sockets = new SocketIoServer(
                config.socketio(),
                clustering.flatMap(cluster -> member.map(cluster::adapters)).orElse(AdapterFactory.LOCAL));
        EchoApplication.install(sockets);
        var node = member.map(ClusterMember::engineNode).orElseGet(EngineNode::alone);
        engines = List.of(
                new EngineServer(config.engine(), admission, metrics, sockets, node),
                new EngineServer(config.engine().at(BARE_PATH), admission, metrics, new EngineEcho(), node));
    }

    @Override
    public void route(Router router) {
        // The REST resources are part of the build; here there is nothing behind them.
        router.route("/api/*").order(-1_900).handler(rc -> rc.response()
                .setStatusCode(404)
                .putHeader("Content-Type", "application/json")
                .end("{\"error\":{\"code\":\"not_found\",\"message\":\"this node runs the echo application"
                        + " (diagnostics.echo in config.json): it has no REST API\"}}"));
    }

    @Override
    public List<EngineServer> engines() {
        return engines;
    }

    @Override
    public List<Dependency> dependencies() {
        return clustering.map(Clustering::dependency).stream().toList();
    }

    @Override
    public void onFailure(Consumer<String> suspect) {
        clustering.ifPresent(cluster -> cluster.onChange(suspect));
    }

    @Override
    public int rooms() {
        return sockets.rooms();
    }

    @Override
    public Postgres.Use pool() {
        return new Postgres.Use(0, 0, 0);
    }

    @Override
    public void start() {}

    @Override
    public void resumed() {}

    @Override
    public void draining(Duration window) {
        // Only those of this node: the others' stay.
        sockets.of("/").local().emit(Application.DRAINING, Application.windowOf(window));
    }

    @Override
    public void moving(Session session, Duration window) {
        sockets.emit(session, Application.DRAINING, Application.windowOf(window));
    }

    @Override
    public void close() {
        sockets.close();
    }
}
