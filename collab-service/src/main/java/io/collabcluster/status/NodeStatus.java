package io.collabcluster.status;

import io.collabcluster.collab.Availability;
import io.collabcluster.engineio.Admission;
import io.collabcluster.engineio.Handshake;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * The node's state, and what follows from it: whether a new session may open, and whether a write can be kept. May be
 * used from any thread; reading never waits.
 */
public final class NodeStatus implements Availability, Admission {

    private static final Logger LOG = Logger.getLogger(NodeStatus.class);
    private static final Duration RETRY_STARTING = Duration.ofSeconds(1);
    private static final Duration RETRY_PAUSED = Duration.ofSeconds(5);

    private record Situation(NodeState state, List<String> away) {}

    /** Told of a change after it has happened, in order, on the thread that caused it: must not block. */
    @FunctionalInterface
    public interface Listener {
        void changed(NodeState from, NodeState to);
    }

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Situation situation = new Situation(NodeState.STARTING, List.of());
    private volatile boolean hasRun;

    public NodeState state() {
        return situation.state();
    }

    /** Whether the node has been running since its start, for however short a time. */
    boolean hasRun() {
        return hasRun;
    }

    /** Why the node is not running, in words for whoever asks; empty while it is. */
    public Optional<String> reason() {
        return reason(situation);
    }

    public void onChange(Listener listener) {
        listeners.add(listener);
    }

    /** Everything is set up: running, or paused where a dependency is away. */
    public synchronized void started() {
        if (situation.state() == NodeState.STARTING) {
            become(serving(situation.away()), situation.away());
        }
    }

    /** @param names the dependencies that cannot be reached now: pauses, or resumes when there are none */
    public synchronized void away(Set<String> names) {
        var away = Dependency.inOrder(names);
        switch (situation.state()) {
            case RUNNING, PAUSED -> become(serving(away), away);
            case STARTING, DRAINING, STOPPED -> become(situation.state(), away);
        }
    }

    public synchronized void draining() {
        if (situation.state().mayBecome(NodeState.DRAINING)) {
            become(NodeState.DRAINING, situation.away());
        }
    }

    public synchronized void stopped() {
        become(NodeState.STOPPED, situation.away());
    }

    private static NodeState serving(List<String> away) {
        return away.isEmpty() ? NodeState.RUNNING : NodeState.PAUSED;
    }

    private void become(NodeState next, List<String> away) {
        var before = situation;
        var after = new Situation(next, away);
        if (after.equals(before)) {
            return;
        }
        hasRun |= next == NodeState.RUNNING;
        situation = after;
        if (next == before.state()) {
            reason(after).ifPresent(LOG::warn);
            return;
        }
        LOG.infof("%s%s", next.wireName(), reason(after).map(r -> ": " + r).orElse(""));
        for (Listener listener : listeners) {
            try {
                listener.changed(before.state(), next);
            } catch (RuntimeException e) {
                LOG.errorf(e, "A listener failed when the node became %s", next.wireName());
            }
        }
    }

    /** A draining node still keeps what those who are connected write. */
    @Override
    public Optional<String> unavailable() {
        var now = situation;
        return switch (now.state()) {
            case RUNNING -> Optional.empty();
            case DRAINING -> now.away().isEmpty() ? Optional.empty() : Optional.of(dependenciesAway(now.away()));
            case STARTING, PAUSED, STOPPED -> reason(now);
        };
    }

    @Override
    public Optional<Refusal> refuse(Handshake handshake) {
        var now = situation;
        return switch (now.state()) {
            case RUNNING -> Optional.empty();
            case STARTING -> refusal(now, Optional.of(RETRY_STARTING));
            case PAUSED -> refusal(now, Optional.of(RETRY_PAUSED));
            case DRAINING, STOPPED -> refusal(now, Optional.empty());
        };
    }

    private static Optional<Refusal> refusal(Situation now, Optional<Duration> retryAfter) {
        return reason(now).map(reason -> new Refusal(503, reason, retryAfter));
    }

    private static Optional<String> reason(Situation now) {
        return switch (now.state()) {
            case RUNNING -> Optional.empty();
            case STARTING -> Optional.of(now.away().isEmpty() ? "The node is starting" : dependenciesAway(now.away()));
            case PAUSED -> Optional.of(dependenciesAway(now.away()));
            case DRAINING -> Optional.of("The node is draining: it stops when its clients have moved on");
            case STOPPED -> Optional.of("The node has stopped");
        };
    }

    private static String dependenciesAway(List<String> names) {
        return "The following dependent services are unavailable: " + String.join(", ", names);
    }
}
