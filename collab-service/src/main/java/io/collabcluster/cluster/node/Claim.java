package io.collabcluster.cluster.node;

import io.collabcluster.engineio.NodeId;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Which id this node has, and which it tries to get. Reading {@link #id}: any thread; the rest: one at a time. */
final class Claim {

    private static final Logger LOG = Logger.getLogger(Claim.class);

    private final Optional<NodeId> configured;
    private final long patienceNanos;
    private volatile Optional<NodeId> id = Optional.empty();
    private NodeId trial;
    private Optional<Long> takenSince = Optional.empty();
    private boolean startIsOver;
    private boolean hurried;

    Claim(Optional<NodeId> configured, NodeRegistry.Timing timing) {
        this.configured = configured;
        // An earlier process of this node may have been killed: its lease ends.
        this.patienceNanos = timing.lease().plus(timing.beat()).toNanos();
        this.trial = configured.orElseGet(NodeId::random);
    }

    Optional<NodeId> id() {
        return id;
    }

    NodeId next() {
        return trial;
    }

    void held(NodeId now) {
        if (!id.equals(Optional.of(now))) {
            LOG.infof("This is node %s", now);
        }
        id = Optional.of(now);
        takenSince = Optional.empty();
        startIsOver = true;
    }

    /** Redis is away: the node goes on without an id, and is not to fail later. */
    void away() {
        startIsOver = true;
    }

    /** Another node has the id that was tried. @return when that ends this node's start */
    Optional<NodeIdTakenException> taken(Optional<NodeRecord> holder) {
        hurried = false;
        if (id.isEmpty() && configured.equals(Optional.of(trial))) {
            long now = System.nanoTime();
            if (takenSince.isEmpty()) {
                takenSince = Optional.of(now);
                LOG.infof("The id %s is taken: waiting for its lease to end", trial);
            }
            if (now - takenSince.get() < patienceNanos) {
                return Optional.empty();
            }
            if (!startIsOver) {
                return holder.map(NodeIdTakenException::new);
            }
        }
        if (id.isPresent() || configured.isPresent()) {
            LOG.errorf(
                    "The node at %s has the id %s too: new sessions of this node get another",
                    holder.map(NodeRecord::address).orElse("an unknown address"), trial);
        }
        trial = NodeId.random();
        hurried = true;
        return Optional.empty();
    }

    /** Whether the next id is to be tried at once. */
    boolean isHurried() {
        return hurried;
    }
}
