package io.collabcluster.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DependencyMonitorTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final DependencyMonitor.Timing FAST =
            new DependencyMonitor.Timing(Duration.ofMillis(20), LONG, Duration.ofMillis(1));
    /** No periodic check falls within a test. */
    private static final DependencyMonitor.Timing SELDOM =
            new DependencyMonitor.Timing(Duration.ofHours(1), LONG, Duration.ofMillis(1));

    private static Vertx vertx;

    private final NodeStatus status = new NodeStatus();
    private final Map<String, Boolean> away = new ConcurrentHashMap<>();
    private final AtomicInteger checks = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private DependencyMonitor monitor;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void closeVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void aDependencyThatGoesAwayPausesTheNodeAndItResumesByItself() {
        start(FAST, dependency(Dependency.DB_SERVICE), dependency(Dependency.REDIS_SERVER));
        assertThat(status.state()).isEqualTo(NodeState.RUNNING);

        away.put(Dependency.REDIS_SERVER, true);
        await().until(() -> status.state() == NodeState.PAUSED);
        assertThat(status.reason()).contains("The following dependent services are unavailable: Redis Server");
        away.put(Dependency.DB_SERVICE, true);
        await().until(() -> status.reason().orElse("").endsWith(": DB Service, Redis Server"));
        assertThat(resumed).hasValue(0);

        away.clear();
        await().until(() -> resumed.get() == 1);
        assertThat(status.state()).isEqualTo(NodeState.RUNNING);
    }

    @Test
    void aNodeIsPausedFromTheStartWhereADependencyIsAway() {
        away.put(Dependency.DB_SERVICE, true);
        start(FAST, dependency(Dependency.DB_SERVICE));
        assertThat(status.state()).isEqualTo(NodeState.PAUSED);
    }

    @Test
    void aSuspicionIsCheckedAtOnce() {
        start(SELDOM, dependency(Dependency.DB_SERVICE));
        away.put(Dependency.DB_SERVICE, true);

        monitor.suspect(Dependency.DB_SERVICE);

        await().until(() -> status.state() == NodeState.PAUSED);
        assertThat(checks).as("one at the start, one for the suspicion").hasValue(2);
    }

    @Test
    void manySuspicionsWhileACheckGoesOnAreOneCheckMore() {
        var gate = new AtomicBoolean();
        var going = new AtomicInteger();
        var mostAtOnce = new AtomicInteger();
        Supplier<Uni<Void>> slow = () -> {
            checks.incrementAndGet();
            mostAtOnce.accumulateAndGet(going.incrementAndGet(), Math::max);
            return Uni.createFrom()
                    .<Void>emitter(emitter -> vertx.setPeriodic(5, timer -> {
                        if (gate.get()) {
                            vertx.cancelTimer(timer);
                            going.decrementAndGet();
                            emitter.complete(null);
                        }
                    }));
        };
        gate.set(true);
        start(SELDOM, new Dependency(Dependency.DB_SERVICE, slow));
        gate.set(false);
        monitor.suspect(Dependency.DB_SERVICE);
        await().until(() -> checks.get() == 2);

        for (int i = 0; i < 1_000; i++) {
            monitor.suspect(Dependency.DB_SERVICE);
        }
        gate.set(true);

        await().until(() -> checks.get() == 3 && going.get() == 0);
        assertThat(mostAtOnce).hasValue(1);
        assertThat(status.state()).isEqualTo(NodeState.RUNNING);
    }

    @Test
    void oneFailedPeriodicCheckIsRepeatedBeforeItCounts() {
        var fails = new AtomicInteger();
        start(FAST, new Dependency(Dependency.DB_SERVICE, () -> {
            checks.incrementAndGet();
            return fails.getAndDecrement() > 0 ? failed() : Uni.createFrom().voidItem();
        }));
        var pauses = new AtomicInteger();
        status.onChange((from, to) -> pauses.incrementAndGet());

        fails.set(1);
        int before = checks.get();
        await().until(() -> checks.get() > before + 3);
        assertThat(pauses).hasValue(0);

        fails.set(2);
        await().until(() -> pauses.get() == 2);
    }

    @Test
    void aCheckThatDoesNotAnswerHasFailedAfterTheDeadline() {
        var timing = new DependencyMonitor.Timing(Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(1));
        start(timing, new Dependency(Dependency.DB_SERVICE, () -> Uni.createFrom()
                .nothing()));
        assertThat(status.state()).isEqualTo(NodeState.PAUSED);
    }

    @Test
    void aCheckThatThrowsHasFailed() {
        start(FAST, new Dependency(Dependency.DB_SERVICE, () -> {
            throw new IllegalStateException("pool closed");
        }));
        assertThat(status.state()).isEqualTo(NodeState.PAUSED);
    }

    @Test
    void nothingIsCheckedAfterTheEnd() {
        start(FAST, dependency(Dependency.DB_SERVICE));
        monitor.close();
        vertx.runOnContext(_ -> {});
        away.put(Dependency.DB_SERVICE, true);
        monitor.suspect(Dependency.DB_SERVICE);

        await().during(Duration.ofMillis(200)).until(() -> status.state() == NodeState.RUNNING);
    }

    @Test
    void aNodeWithoutDependenciesRuns() {
        start(FAST);
        assertThat(status.state()).isEqualTo(NodeState.RUNNING);
    }

    @Test
    void aDependencyHasAPublishedName() {
        monitor = new DependencyMonitor(vertx, status, List.of(), FAST, () -> {});
        assertThatThrownBy(() -> dependency("Postgres"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DB Service");
    }

    private void start(DependencyMonitor.Timing timing, Dependency... dependencies) {
        monitor = new DependencyMonitor(vertx, status, List.of(dependencies), timing, resumed::incrementAndGet);
        monitor.start().await().atMost(LONG);
        status.started();
    }

    private Dependency dependency(String name) {
        return new Dependency(name, () -> {
            checks.incrementAndGet();
            return away.getOrDefault(name, false) ? failed() : Uni.createFrom().voidItem();
        });
    }

    private static Uni<Void> failed() {
        return Uni.createFrom().failure(new IOException("connection refused"));
    }
}
