package io.collabcluster.cluster.node;

import io.collabcluster.engineio.Relays;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The other nodes that send requests on to this one; each is known by its {@link NodeRecord#uid}. */
public final class RelayingNodes implements Relays {

    private static final Logger LOG = Logger.getLogger(RelayingNodes.class);

    /** Where a node asks another, on the internal port, which process that is. */
    private static final String PATH = "/uid";

    /** A poll waits for it. */
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private final NodeRegistry registry;
    private final NodeClient client;
    private final String uid;
    private final Duration deadline;
    private final OnceAMinute complaints = new OnceAMinute();

    /** @param uid this process' own */
    public RelayingNodes(NodeRegistry registry, NodeClient client, String uid) {
        this(registry, client, uid, DEADLINE);
    }

    RelayingNodes(NodeRegistry registry, NodeClient client, String uid, Duration deadline) {
        this.registry = registry;
        this.client = client;
        this.uid = uid;
        this.deadline = deadline;
    }

    /** On the internal port. */
    public void routeInternally(Router router) {
        router.get(PATH).handler(rc -> {
            rc.request().resume();
            rc.response().putHeader("Content-Type", "text/plain").end(uid);
        });
    }

    @Override
    public Optional<String> of(HttpServerRequest request) {
        return Forwarded.relay(request);
    }

    /** By a request of its own, as a connection that is still open shows nothing: its end may be on the way. */
    @Override
    public Future<Boolean> isAlive(String relay) {
        return find(relay)
                .compose(node -> client.get(node, PATH, deadline))
                // One that has started again in its place does not have what it had.
                .map(answer -> answer.toString().equals(relay))
                .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> unanswered(relay, failure))
                .otherwise(false);
    }

    /** One that has died is on the list for some seconds more; one that stays there can't be reached from here. */
    private void unanswered(String relay, Throwable failure) {
        LOG.debugf("Node process %s: %s", relay, failure.getMessage());
        registered(relay).filter(_ -> complaints.isDue()).ifPresent(node -> LOG.warn(complaint(node, failure)));
    }

    private static String complaint(NodeRecord node, Throwable failure) {
        return "Node " + node.id() + " at " + node.address() + " is registered, and does not answer: "
                + failure.getMessage() + ". Sessions that were polled through it end. If it runs, that address must"
                + " be reached from here";
    }

    private Future<NodeRecord> find(String relay) {
        Optional<NodeRecord> known = registered(relay);
        if (known.isPresent()) {
            return Future.succeededFuture(known.get());
        }
        // It may have joined a moment ago.
        return registry.look().compose(_ -> registered(relay)
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture("it is not registered")));
    }

    private Optional<NodeRecord> registered(String relay) {
        return registry.live().stream().filter(node -> node.uid().equals(relay)).findFirst();
    }
}
