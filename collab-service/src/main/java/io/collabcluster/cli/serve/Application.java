package io.collabcluster.cli.serve;

import io.collabcluster.collab.store.Postgres;
import io.collabcluster.engineio.EngineServer;
import io.collabcluster.engineio.Session;
import io.collabcluster.socketio.Json;
import io.collabcluster.status.Dependency;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What a node is for, as the configuration decides. */
sealed interface Application permits Collaboration, Echo {

    /** Tells a socket that it will be closed; its argument is {@link #windowOf}. */
    String DRAINING = "server:draining";

    /** {@code {"window":seconds}}: within which the socket is closed. */
    static Json windowOf(Duration window) {
        return new Json("{\"window\":" + window.toSeconds() + "}");
    }

    /** Its routes, the engines' aside. */
    void route(Router router);

    List<EngineServer> engines();

    /** What it can't work without. */
    List<Dependency> dependencies();

    /** @param suspect told the name of a dependency when something that needed it has failed */
    void onFailure(Consumer<String> suspect);

    /** Rooms with a member on this node. Any thread. */
    int rooms();

    /** Its connections to the database. Any thread. */
    Postgres.Use pool();

    /** Before the node takes requests. Blocks. */
    void start();

    /** The node runs again after a pause. On an event loop: must not block. */
    void resumed();

    /** Tells every socket that it will be closed within the window. */
    void draining(Duration window);

    /** Tells the sockets of one session the same. On the session's loop. */
    void moving(Session session, Duration window);

    /** After the last session. May block. */
    void close();
}
