package io.collabcluster.status;

import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** The one answer to both probes, for {@code /status/live}, {@code /status/ready} and {@code /q/health}. */
public final class NodeHealth {

    /** An event loop that is stuck for so long will not come back by itself. */
    public static final Duration STUCK = Duration.ofSeconds(30);

    private final NodeStatus status;
    private final Supplier<Duration> stuck;

    /** @param stuck see {@link EventLoopLag#stuck} */
    public NodeHealth(NodeStatus status, Supplier<Duration> stuck) {
        this.status = status;
        this.stuck = stuck;
    }

    /** False only when the node cannot recover by itself: a restart would help, which it would not when a dependency is away. */
    public boolean live() {
        return status.state() != NodeState.STOPPED && stuck.get().compareTo(STUCK) < 0;
    }

    /**
     * Whether the node belongs among those that clients are sent to. A pause doesn't end that: all nodes pause together when
     * a database is away, and with none of them reachable open sessions would be lost, and new clients not told why. A node
     * that has never run has no session, and a rollout has to wait for it.
     */
    public boolean ready() {
        return switch (status.state()) {
            case RUNNING -> true;
            case PAUSED -> status.hasRun();
            case STARTING, DRAINING, STOPPED -> false;
        };
    }

    public HealthCheck liveness() {
        return () -> response("collab-live", live());
    }

    public HealthCheck readiness() {
        return () -> response("collab-ready", ready());
    }

    private HealthCheckResponse response(String name, boolean up) {
        var builder = HealthCheckResponse.named(name)
                .status(up)
                .withData("state", status.state().wireName());
        status.reason().ifPresent(reason -> builder.withData("reason", reason));
        return builder.build();
    }
}
