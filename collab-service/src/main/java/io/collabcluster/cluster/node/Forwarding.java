package io.collabcluster.cluster.node;

import io.collabcluster.engineio.NodeId;
import io.collabcluster.engineio.Strays;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends requests on to the node that has their session, and its answer back. A request comes here once: the node that it is
 * sent to answers it, whatever it thinks of the session.
 */
public final class Forwarding implements Strays {

    private final Vertx vertx;
    private final NodeRegistry registry;
    private final NodeClient client;
    private final String uid;
    private final Duration deadline;
    private final ForwardMetrics metrics;
    private final Tunnels tunnels;

    /**
     * @param uid this process' own, see {@link NodeRecord#uid}
     * @param deadline for the head of an answer: longer than a long poll takes
     */
    public Forwarding(
            Vertx vertx,
            NodeRegistry registry,
            NodeClient client,
            String uid,
            Duration deadline,
            ForwardMetrics metrics) {
        this.vertx = vertx;
        this.registry = registry;
        this.client = client;
        this.uid = uid;
        this.deadline = deadline;
        this.metrics = metrics;
        this.tunnels = new Tunnels(vertx, metrics);
    }

    @Override
    public void take(Stray stray) {
        Optional<NodeId> owner =
                NodeId.ofSession(stray.sid()).filter(id -> !registry.claimed().equals(Optional.of(id)));
        if (owner.isEmpty()) {
            stray.unknown().run();
            return;
        }
        ContextInternal context = ((VertxInternal) vertx).getOrCreateContext();
        stray.request().pause();
        Optional<NodeRecord> node = registry.find(owner.get());
        if (node.isPresent()) {
            forward(stray, node.get(), context);
        } else {
            // It may have joined a moment ago.
            registry.look().onComplete(_ -> context.runOnContext(_ -> forward(stray, owner.get(), context)));
        }
    }

    private void forward(Stray stray, NodeId owner, ContextInternal context) {
        registry.find(owner).ifPresentOrElse(node -> forward(stray, node, context), () -> {
            metrics.forwarded(ForwardMetrics.Outcome.NO_OWNER);
            stray.unknown().run();
        });
    }

    private void forward(Stray stray, NodeRecord owner, ContextInternal context) {
        new ForwardedRequest(stray, owner, client, uid, tunnels, metrics, context).begin(deadline);
    }

    /** The node will stop: WebSockets that run through it are closed, spread over the window. */
    public void drain(Duration window) {
        tunnels.closeWithin(window);
    }
}
