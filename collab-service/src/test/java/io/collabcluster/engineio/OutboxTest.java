package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final long AGES = TimeUnit.HOURS.toNanos(1);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long now;
    private final Outbox outbox = new Outbox(loop(), () -> now);

    private EventLoop loop() {
        return channel.eventLoop();
    }

    /** What is due, and what that makes due. */
    private void run() {
        channel.runPendingTasks();
        channel.runPendingTasks();
    }

    /** Stands for all connections of the loop. */
    private final class Connections implements Outbox.Member {

        private final long cost;
        private int flushes;

        Connections(long costMicros) {
            cost = TimeUnit.MICROSECONDS.toNanos(costMicros);
        }

        @Override
        public void flush() {
            flushes++;
            now += cost;
        }

        @Override
        public void wake() {
            outbox.add(this);
        }
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void aSingleBroadcastLeavesAtOnce() {
        var connections = new Connections(3_000);

        assertThat(outbox.addBroadcast(connections, AGES)).isFalse();
        run();
        now += millis(100);
        assertThat(outbox.addBroadcast(connections, millis(100))).isFalse();
        run();

        assertThat(connections.flushes).isEqualTo(2);
    }

    @Test
    void oneThatFollowsCloselyWaitsUntilTheLoopHasHadTimeForOtherThings() {
        var connections = new Connections(1_000);
        outbox.addBroadcast(connections, AGES);
        run();

        assertThat(outbox.addBroadcast(connections, millis(5))).isTrue();
        run();
        assertThat(connections.flushes).isEqualTo(1);

        // 8 ms after the first began, which took 1 ms.
        channel.advanceTimeBy(6, TimeUnit.MILLISECONDS);
        run();
        assertThat(connections.flushes).isEqualTo(1);
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        run();
        assertThat(connections.flushes).isEqualTo(2);
    }

    @Test
    void noneWaitsLongerThanTwentyMilliseconds() {
        var connections = new Connections(30_000);
        outbox.addBroadcast(connections, AGES);
        run();

        assertThat(outbox.addBroadcast(connections, millis(15))).isFalse();
        run();
        assertThat(connections.flushes).isEqualTo(2);
        assertThat(outbox.addBroadcast(connections, millis(14))).isTrue();
        channel.advanceTimeBy(20, TimeUnit.MILLISECONDS);
        run();
        assertThat(connections.flushes).isEqualTo(3);
    }

    @Test
    void whereAFlushIsCheapNothingWaits() {
        var few = new Connections(20);
        outbox.addBroadcast(few, AGES);
        run();

        assertThat(outbox.addBroadcast(few, millis(1))).isFalse();
    }

    @Test
    void aMessageOfItsOwnDoesNotWaitWithTheBroadcasts() {
        var connections = new Connections(1_000);
        outbox.addBroadcast(connections, AGES);
        run();
        outbox.addBroadcast(connections, millis(1));

        outbox.add(connections);
        run();

        assertThat(connections.flushes).isEqualTo(2);
    }

    @Test
    void whenEnoughHasComeNothingWaitsAnyLonger() {
        var connections = new Connections(1_000);
        outbox.addBroadcast(connections, AGES);
        run();
        outbox.addBroadcast(connections, millis(1));

        outbox.stopWaiting();
        run();

        assertThat(connections.flushes).isEqualTo(2);
    }
}
