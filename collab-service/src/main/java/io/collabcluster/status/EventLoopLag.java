package io.collabcluster.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How late the event loops are: a task on each says when it was due and when it ran. */
public final class EventLoopLag implements AutoCloseable {

    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(500);
    /** The metric shows the largest lag of the last one to two windows, so that a scrape does not miss a spike. */
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(15);

    private static final class Tick implements Runnable {
        private final EventExecutor loop;
        private volatile boolean stopped;
        private volatile long due;
        private volatile long largest;
        private volatile long largestBefore;
        private long windowStart;

        Tick(EventExecutor loop) {
            this.loop = loop;
            this.windowStart = System.nanoTime();
            this.due = windowStart + PERIOD;
            loop.schedule(this, PERIOD, TimeUnit.NANOSECONDS);
        }

        @Override
        public void run() {
            if (stopped) {
                return;
            }
            long now = System.nanoTime();
            if (now - windowStart > WINDOW) {
                windowStart = now;
                largestBefore = largest;
                largest = 0;
            }
            largest = Math.max(largest, now - due);
            due = now + PERIOD;
            loop.schedule(this, PERIOD, TimeUnit.NANOSECONDS);
        }

        long lag() {
            return Math.max(overdue(), Math.max(largest, largestBefore));
        }

        long overdue() {
            return Math.max(0, System.nanoTime() - due);
        }
    }

    private final List<Tick> ticks = new ArrayList<>();

    public EventLoopLag(Vertx vertx, MeterRegistry registry) {
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            var tick = new Tick(loop);
            TimeGauge.builder("collab.event.loop.lag", tick, TimeUnit.NANOSECONDS, Tick::lag)
                    .description("How late tasks of this event loop ran, at worst, in the last seconds")
                    .tag("loop", String.valueOf(ticks.size()))
                    .register(registry);
            ticks.add(tick);
        }
    }

    /** How long the event loop that is stuck for the longest time has been so; zero when none is. */
    public Duration stuck() {
        return Duration.ofNanos(ticks.stream().mapToLong(Tick::overdue).max().orElse(0));
    }

    @Override
    public void close() {
        ticks.forEach(tick -> tick.stopped = true);
    }
}
