package io.collabcluster.cluster.node;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.LinkedHashMap;

/**
 * The connections to the internal port on which nobody has shown yet to be a node: few, and each for a short time. One
 * for each event loop, and only on that.
 */
final class Strangers {

    /**
     * @param most at once, on each event loop; beyond it, whoever has waited longest is closed
     * @param patience for the first proof
     */
    record Bounds(int most, Duration patience) {
        static final Bounds DEFAULTS = new Bounds(1_000, Duration.ofSeconds(5));
    }

    private final Vertx vertx;
    private final Bounds bounds;
    /** In the order in which they came, each with its timer. */
    private final LinkedHashMap<HttpConnection, Long> waiting = new LinkedHashMap<>();

    Strangers(Vertx vertx, Bounds bounds) {
        this.vertx = vertx;
        this.bounds = bounds;
    }

    void arrived(HttpConnection connection) {
        if (waiting.size() >= bounds.most()) {
            // A node sends its proof at once, so many newcomers at a time don't push it out.
            close(waiting.firstEntry().getKey());
        }
        waiting.put(connection, vertx.setTimer(bounds.patience().toMillis(), _ -> close(connection)));
        connection.closeHandler(_ -> forget(connection));
    }

    void proven(HttpConnection connection) {
        forget(connection);
    }

    private void close(HttpConnection connection) {
        forget(connection);
        connection.close();
    }

    private void forget(HttpConnection connection) {
        Long timer = waiting.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
