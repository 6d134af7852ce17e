package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private final EventLoop loop = new DefaultEventLoop();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicBoolean unread = new AtomicBoolean();
    private final AtomicBoolean dead = new AtomicBoolean();

    @AfterEach
    void stop() {
        loop.shutdownGracefully();
    }

    private Heartbeat start(int interval, int timeout) {
        EngineOptions options = new OptionsOf("/x").pings(interval, timeout).build();
        Heartbeat heartbeat = new Heartbeat(loop, options, unread::get, pings::incrementAndGet, () -> dead.set(true));
        loop.execute(heartbeat::restart);
        return heartbeat;
    }

    private <T> T onLoop(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, loop).join();
    }

    @Test
    void aClientThatAnswersIsPingedAgain() {
        Heartbeat heartbeat = start(20, 60_000);
        for (int i = 1; i <= 3; i++) {
            int expected = i;
            await().until(() -> pings.get() == expected);
            loop.execute(heartbeat::restart);
        }
        assertThat(dead).isFalse();
    }

    @Test
    void aClientThatDoesNotAnswerIsDead() {
        start(20, 20);
        await().untilTrue(dead);
        assertThat(pings).hasValue(1);
    }

    @Test
    void aRequestAfterTheDeadlineSeesItBeforeTheTimerDoes() {
        // The loop is busy from the ping until past the deadline, as with a request that came before the timer's turn.
        AtomicReference<Heartbeat> heartbeat = new AtomicReference<>();
        AtomicReference<Boolean> seen = new AtomicReference<>();
        EngineOptions options = new OptionsOf("/x").pings(20, 500).build();
        heartbeat.set(new Heartbeat(
                loop,
                options,
                unread::get,
                () -> {
                    boolean early = heartbeat.get().expired();
                    long late = System.nanoTime() + 550_000_000;
                    while (System.nanoTime() - late < 0) {
                        Thread.onSpinWait();
                    }
                    seen.set(!early && heartbeat.get().expired() && !dead.get());
                },
                () -> dead.set(true)));
        loop.execute(() -> heartbeat.get().restart());
        await().until(() -> seen.get() != null);
        assertThat(seen.get()).isTrue();
    }

    @Test
    void aClientThatIsNotReadFromIsNotDead() {
        unread.set(true);
        Heartbeat heartbeat = start(10, 20);
        await().until(() -> pings.get() == 1);
        await().during(java.time.Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(dead).isFalse());
        assertThat(onLoop(heartbeat::expired)).isFalse();
        unread.set(false);
        await().untilTrue(dead);
    }

    @Test
    void aStoppedHeartbeatDoesNothing() {
        Heartbeat heartbeat = start(20, 20);
        // In one turn of the loop: on a busy machine, the first ping may have gone out before.
        int before = onLoop(() -> {
            heartbeat.restart();
            heartbeat.stop();
            return pings.get();
        });
        await().during(java.time.Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(pings).hasValue(before));
        assertThat(dead).isFalse();
    }
}
