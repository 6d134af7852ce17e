package io.collabcluster.status;

import io.collabcluster.cluster.node.NodeClient;
import io.collabcluster.cluster.node.NodeRecord;
import io.collabcluster.cluster.node.NodeRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The {@code /status} of all live nodes: each is asked, and who does not answer in time is shown as the registry has it. */
public final class ClusterStatus {

    /** Where a node asks another, on the internal port. */
    private static final String PATH = "/status";

    private static final Duration DEADLINE = Duration.ofSeconds(2);

    /** Whoever asks again within this gets the same answer: everybody may ask, and it costs every node a little. */
    private static final Duration WORTH = Duration.ofMillis(500);

    private record Answer(long at, Future<JsonArray> nodes) {}

    private final StatusReport own;
    private final String uid;
    private final NodeRegistry registry;
    private final NodeClient client;
    private Optional<Answer> last = Optional.empty();

    public ClusterStatus(StatusReport own, String uid, NodeRegistry registry, NodeClient client) {
        this.own = own;
        this.uid = uid;
        this.registry = registry;
        this.client = client;
    }

    /** On the internal port. */
    public void routeInternally(Router router) {
        router.get(PATH).handler(rc -> {
            rc.request().resume();
            rc.response()
                    .putHeader("Content-Type", "application/json")
                    .end(own.json().toBuffer());
        });
    }

    /** In the order of their ids. Never fails. */
    public synchronized Future<JsonArray> nodes() {
        long now = System.nanoTime();
        if (last.isEmpty() || now - last.get().at() >= WORTH.toNanos()) {
            last = Optional.of(new Answer(now, ask()));
        }
        return last.get().nodes();
    }

    private Future<JsonArray> ask() {
        List<NodeRecord> nodes = List.copyOf(registry.live());
        if (nodes.stream().noneMatch(node -> node.uid().equals(uid))) {
            // Not registered: it may be paused, as Redis is away.
            return Future.succeededFuture(new JsonArray().add(own.json()));
        }
        List<Future<JsonObject>> reports = nodes.stream().map(this::report).toList();
        return Future.join(reports).map(_ -> {
            var all = new JsonArray();
            reports.forEach(report -> all.add(report.result()));
            return all;
        });
    }

    private Future<JsonObject> report(NodeRecord node) {
        Future<JsonObject> report = node.uid().equals(uid)
                ? Future.succeededFuture(own.json())
                : client.get(node, PATH, DEADLINE).map(Buffer::toJsonObject);
        return report.otherwise(_ -> unanswered(node))
                .map(json -> new JsonObject().put("id", node.id().text()).mergeIn(json));
    }

    private static JsonObject unanswered(NodeRecord node) {
        return new JsonObject()
                .put("version", node.version())
                .put("state", node.state())
                .put("reason", "The node at " + node.address() + " did not answer: this is what the registry has")
                .put("answered", false)
                .put("main", new JsonObject().put("connections", new JsonObject().put("current", node.connections())));
    }
}
