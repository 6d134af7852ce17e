package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final long AGES = TimeUnit.HOURS.toNanos(1);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long now;
    private final Outbox outbox = new Outbox(loop(), () -> now);

    /** A slow machine must not let a timer be due. */
    OutboxTest() {
        channel.freezeTime();
    }

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

        @Override
        public void failed() {
            throw new AssertionError("nothing failed");
        }
    }

    /** A connection that there is no memory for. */
    private static final class Unlucky implements Outbox.Member {

        private int failures;

        @Override
        public void flush() {
            throw new OutOfMemoryError("of direct memory");
        }

        @Override
        public void wake() {}

        @Override
        public void failed() {
            failures++;
            throw new OutOfMemoryError("of direct memory, again");
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

    @Test
    void anErrorOfOneConnectionClosesItAndKeepsNoOtherWaiting() {
        var unlucky = new Unlucky();
        var behind = new Connections(0);
        List<String> elsewhere = new ArrayList<>();
        outbox.add(unlucky);
        outbox.add(behind);
        outbox.handOver(loop(), () -> elsewhere.add("there"));
        run();

        assertThat(unlucky.failures).isEqualTo(1);
        assertThat(behind.flushes).isEqualTo(1);
        assertThat(elsewhere).containsExactly("there");

        outbox.add(behind);
        run();
        assertThat(behind.flushes).as("later ones are flushed, too").isEqualTo(2);
    }

    @Test
    void anErrorOfATaskThatWasHandedOverKeepsNoOtherWaiting() {
        List<String> elsewhere = new ArrayList<>();
        outbox.handOver(loop(), () -> {
            throw new OutOfMemoryError("of direct memory");
        });
        outbox.handOver(loop(), () -> elsewhere.add("there"));
        run();

        assertThat(elsewhere).containsExactly("there");
    }
}
