package io.collabcluster.cluster.node;

import io.collabcluster.cluster.redis.Commands;
import io.collabcluster.cluster.redis.Names;
import io.collabcluster.engineio.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The nodes of this cluster, by leases in Redis. This node's is renewed every 2 s and ends after 8 s; only Redis' clock
 * counts. Any thread; what is told is told on the registry's event loop.
 */
public final class NodeRegistry {

    private static final Logger LOG = Logger.getLogger(NodeRegistry.class);

    /** Anybody may make this node look, by a request with any session id; between two looks is at least this. */
    private static final Duration LOOK_GAP = Duration.ofMillis(100);

    private static final int MOST_LOOKERS = 10_000;
    private static final String NOT_REGISTERED = "this node is not registered there";

    /**
     * @param beat between two renewals
     * @param lease how long a node is taken for alive after its last one
     */
    public record Timing(Duration beat, Duration lease) {
        public static final Timing DEFAULTS = new Timing(Duration.ofSeconds(2), Duration.ofSeconds(8));
    }

    /** This node. */
    public interface Self {
        /** The id that it is to have; empty: any. */
        Optional<NodeId> id();

        /** What it says of itself now. Fails while it does not know its address. Must not block. */
        Future<NodeRecord> record(NodeId id);
    }

    private final ContextInternal context;
    private final Leases leases;
    private final LiveNodes nodes;
    private final NodeSecret secret;
    private final Timing timing;
    private final Self self;
    private final Claim claim;
    private final List<Consumer<NodeRecord>> joined = new CopyOnWriteArrayList<>();
    private final List<Consumer<NodeRecord>> left = new CopyOnWriteArrayList<>();
    private final List<Runnable> forgotten = new CopyOnWriteArrayList<>();
    private final Promise<Void> started = Promise.promise();
    private volatile long leaseEnds;
    private volatile boolean held;

    // Touched on the context only.
    private List<Promise<Void>> lookers = new ArrayList<>();
    private Optional<NodeRecord> registered = Optional.empty();
    private Optional<Promise<Void>> closing = Optional.empty();
    private long lastBeat;
    private long timer = -1;
    private boolean begun;
    private boolean beating;
    private boolean again;
    private boolean away;

    public NodeRegistry(Vertx vertx, Commands commands, Names names, NodeSecret secret, Timing timing, Self self) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.leases = new Leases(commands, names, timing.lease());
        this.nodes = new LiveNodes(System::nanoTime, timing.lease());
        this.secret = secret;
        this.timing = timing;
        this.self = self;
        this.claim = new Claim(self.id(), timing);
    }

    /**
     * Registers this node, and goes on doing so.
     *
     * @return succeeds when it is registered, or when Redis is away: then that is done later. Fails with
     *     {@link NodeIdTakenException}, after the length of a lease: the configured id may be that of an earlier process
     *     of this node, that was killed
     */
    public Future<Void> start() {
        context.runOnContext(_ -> {
            begun = true;
            beat();
        });
        return started.future();
    }

    /** @throws IllegalStateException as long as it has none; a node that is not up admits no session */
    public NodeId id() {
        return claim.id().orElseThrow(() -> new IllegalStateException("this node is not registered yet"));
    }

    public Optional<NodeId> claimed() {
        return claim.id();
    }

    /** Whether this node is registered, and its lease has not ended. */
    public boolean isUp() {
        return held && System.nanoTime() - leaseEnds < 0;
    }

    /** The same, but where it is not, that is tried now: Redis may have been reached a moment ago. @return fails if it is not then */
    public Future<Void> ensureUp() {
        if (isUp()) {
            return Future.succeededFuture();
        }
        return look().compose(_ -> isUp() ? Future.succeededFuture() : Future.failedFuture(NOT_REGISTERED));
    }

    /** All live nodes, this one among them, in the order of their ids. While Redis is away: those of before. */
    public Collection<NodeRecord> live() {
        return nodes.all();
    }

    public Optional<NodeRecord> find(NodeId id) {
        return nodes.find(id);
    }

    /** @param listener told of other nodes that have come */
    public void onJoined(Consumer<NodeRecord> listener) {
        joined.add(listener);
    }

    /** @param listener told of other nodes that have stopped or died */
    public void onLeft(Consumer<NodeRecord> listener) {
        left.add(listener);
    }

    /** @param listener told when Redis had lost this node's lease, and so maybe whatever else this node stored there */
    public void onForgotten(Runnable listener) {
        forgotten.add(listener);
    }

    /** What this node says of itself has changed: the others should know at once. Nothing before the start. */
    public void changed() {
        context.runOnContext(_ -> beatSoon());
    }

    /** Looks who is there now. @return completes then, or as soon as Redis turns out to be away; never fails */
    public Future<Void> look() {
        Promise<Void> looker = Promise.promise();
        context.runOnContext(_ -> {
            if (!begun || lookers.size() >= MOST_LOOKERS || closing.isPresent()) {
                looker.complete();
                return;
            }
            lookers.add(looker);
            if (!beating) {
                long wait = LOOK_GAP.toNanos() - (System.nanoTime() - lastBeat);
                schedule(Duration.ofNanos(Math.max(0, wait)));
            }
        });
        return looker.future();
    }

    /** Takes this node off the registry. Completes within seconds, also when Redis is away. */
    public Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        context.runOnContext(_ -> {
            if (closing.isEmpty()) {
                closing = Optional.of(stopped);
                context.owner().cancelTimer(timer);
                if (!beating) {
                    end();
                }
            } else {
                closing.get().future().onComplete(_ -> stopped.complete());
            }
        });
        return stopped.future();
    }

    private void end() {
        lookers.forEach(Promise::complete);
        lookers.clear();
        held = false;
        registered.map(leases::end).orElse(Future.succeededFuture()).onComplete(_ -> closing.orElseThrow()
                .complete());
    }

    private void beatSoon() {
        if (beating) {
            again = true;
        } else {
            schedule(Duration.ZERO);
        }
    }

    private void schedule(Duration wait) {
        if (!begun || closing.isPresent()) {
            return;
        }
        context.owner().cancelTimer(timer);
        timer = context.setTimer(Math.max(1, wait.toMillis() + 1), _ -> beat());
    }

    private void beat() {
        if (beating || closing.isPresent()) {
            return;
        }
        beating = true;
        again = false;
        lastBeat = System.nanoTime();
        var served = lookers;
        lookers = new ArrayList<>();
        Future.succeededFuture()
                .compose(_ -> self.record(claim.next()))
                .compose(record -> leases.renew(record, secret.proposal()).onSuccess(answer -> emit(record, answer)))
                .onFailure(failure -> context.runOnContext(_ -> failed(failure)))
                .onComplete(_ -> context.runOnContext(_ -> beaten(served)));
    }

    private void emit(NodeRecord record, Leases.Answer answer) {
        context.runOnContext(_ -> answered(record, answer));
    }

    private void answered(NodeRecord record, Leases.Answer answer) {
        if (away) {
            away = false;
            LOG.info("The registry of nodes is back");
        }
        if (answer.replaced() > 0) {
            LOG.warnf(
                    "The nodes' secret in Redis had %d bytes, and must have %d: it was replaced. Something else writes"
                            + " there, or has done so",
                    answer.replaced(), NodeSecret.LEAST_BYTES);
        }
        secret.agreed(answer.secret());
        switch (answer.outcome()) {
            case TAKEN -> {
                held = false;
                var error = claim.taken(answer.holder(record));
                error.ifPresent(started::tryFail);
                again |= claim.isHurried();
            }
            case CLAIMED, RENEWED -> {
                boolean lost = answer.outcome() == Leases.Outcome.CLAIMED && registered.isPresent();
                if (lost) {
                    nodes.forgotten();
                }
                registered = Optional.of(record);
                claim.held(record.id());
                leaseEnds = lastBeat + timing.lease().toNanos();
                held = true;
                nodes.update(answer.live(), gone -> tell(left, gone), come -> tell(joined, come));
                if (lost) {
                    forgotten.forEach(listener -> run(listener, record));
                }
                started.tryComplete();
            }
        }
    }

    private void tell(List<Consumer<NodeRecord>> listeners, NodeRecord node) {
        if (registered.filter(own -> own.uid().equals(node.uid())).isPresent()) {
            return;
        }
        LOG.infof("Node %s at %s has %s", node.id(), node.address(), listeners == left ? "left" : "joined");
        listeners.forEach(listener -> run(() -> listener.accept(node), node));
    }

    private static void run(Runnable listener, NodeRecord node) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "A listener failed for node %s", node.id());
        }
    }

    private void failed(Throwable failure) {
        if (!away) {
            away = true;
            LOG.warnf("The registry of nodes can't be reached: %s", failure.getMessage());
        }
        claim.away();
        started.tryComplete();
    }

    private void beaten(List<Promise<Void>> served) {
        beating = false;
        served.forEach(Promise::complete);
        if (closing.isPresent()) {
            end();
        } else if (again && !away) {
            schedule(Duration.ZERO);
        } else if (!lookers.isEmpty()) {
            schedule(LOOK_GAP);
        } else {
            schedule(away ? timing.beat() : nodes.untilNextEnd(timing.beat()));
        }
    }
}
