package io.collabcluster.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeFiguresTest {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anEventLoopThatIsBlockedIsSeen() throws Exception {
        var registry = new SimpleMeterRegistry();
        try (var lag = new EventLoopLag(vertx, registry)) {
            var release = new CountDownLatch(1);
            var loop = ((VertxInternal) vertx).getEventLoopGroup().next();
            loop.execute(() -> awaitQuietly(release));

            await().until(() -> lag.stuck().compareTo(Duration.ofMillis(300)) > 0);
            release.countDown();

            await().until(() -> lag.stuck().compareTo(Duration.ofMillis(300)) < 0);
            assertThat(registry.get("collab.event.loop.lag").timeGauges())
                    .as("one figure for each loop, which remembers the largest lag")
                    .hasSize(2)
                    .anySatisfy(gauge ->
                            assertThat(gauge.value(TimeUnit.MILLISECONDS)).isGreaterThan(300));
        }
    }

    @Test
    void memoryIsTheResidentSetAndItsPeak() {
        try (var usage = new ProcessUsage(vertx)) {
            var reading = usage.reading();
            assertThat(reading.memory()).isGreaterThan(20_000_000);
            assertThat(reading.memoryMost()).isGreaterThanOrEqualTo(reading.memory());
        }
    }

    @Test
    void aBusyCoreIsSeen() {
        try (var usage = new ProcessUsage(vertx)) {
            var stop = new CountDownLatch(1);
            Thread.ofPlatform().daemon().start(() -> {
                while (stop.getCount() > 0) {
                    Thread.onSpinWait();
                }
            });
            await().until(() -> usage.reading().cpu() > 0);
            stop.countDown();
            assertThat(usage.reading().cpuMost()).isGreaterThanOrEqualTo(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
