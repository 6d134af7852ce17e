package io.collabcluster.status;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Checks the dependencies, and pauses and resumes the node as they go and come back. A periodic check that fails is
 * repeated at once, and counts when it fails again; one that {@link #suspect} asked for counts at once, as a write has
 * failed already. The first that succeeds brings the dependency back.
 */
public final class DependencyMonitor implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DependencyMonitor.class);

    /**
     * @param period from the end of a check to the start of the next
     * @param deadline after which a check has failed
     * @param gap the least time between the starts of two checks, however many suspicions there are
     */
    public record Timing(Duration period, Duration deadline, Duration gap) {
        public static final Timing DEFAULTS =
                new Timing(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMillis(100));
    }

    private final NodeStatus status;
    private final Timing timing;
    private final Runnable onResume;
    private final Context context;
    private final List<DependencyWatch> watches;

    // Touched on the context only.
    private final Set<String> away = new TreeSet<>();
    private boolean closed;

    /** @param onResume called when the node runs again after a pause, on an event loop: must not block */
    public DependencyMonitor(
            Vertx vertx, NodeStatus status, List<Dependency> dependencies, Timing timing, Runnable onResume) {
        this.status = status;
        this.timing = timing;
        this.onResume = onResume;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.watches = dependencies.stream()
                .map(d -> new DependencyWatch(d, context, timing, this::found))
                .toList();
    }

    /** Checks everything once, tells {@link NodeStatus} of it, and goes on checking. Never fails; bounded by the deadline. */
    public Uni<Void> start() {
        var first = watches.stream().map(DependencyWatch::start).toList();
        return first.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(first).andFailFast().replaceWithVoid();
    }

    /** Something that needs this dependency has failed: it is checked now. Any thread, cheap, as often as it likes. */
    public void suspect(String name) {
        for (DependencyWatch watch : watches) {
            if (watch.name().equals(name)) {
                watch.suspect();
            }
        }
    }

    private void found(String name, boolean available) {
        if (closed || !(available ? away.remove(name) : away.add(name))) {
            return;
        }
        var before = status.state();
        status.away(away);
        if (before == NodeState.PAUSED && status.state() == NodeState.RUNNING) {
            try {
                onResume.run();
            } catch (RuntimeException e) {
                LOG.error("Catching up after the pause has failed", e);
            }
        }
    }

    @Override
    public void close() {
        context.runOnContext(_ -> {
            closed = true;
            watches.forEach(DependencyWatch::stop);
        });
    }
}
