package io.collabcluster.engineio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The sessions of one event loop that have something to send, and one task that writes it all: what is queued in one go
 * leaves with one flush per connection. Work for channels of other loops is handed over in one task per loop.
 *
 * <p>Nearly all that a broadcast costs is its system calls, one per connection. So where broadcasts follow each other
 * quickly, compared with what one costs, they wait for one another: see {@link Pace}.
 */
final class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);

    /** What it flushes: a session. */
    interface Member {

        /** Writes what waits. */
        void flush();

        /** Has itself added, unless it is already. */
        void wake();

        /** Its flush threw: closes itself. */
        void failed();
    }

    private final EventLoop loop;
    private final LongSupplier clock;
    private final Pace pace;
    private List<Member> dirty = new ArrayList<>();
    private List<Member> spare = new ArrayList<>();
    private final List<Member> waiting = new ArrayList<>();
    private final Map<EventLoop, List<Runnable>> foreign = new HashMap<>();
    private boolean scheduled;
    private boolean broadcast;
    private ScheduledFuture<?> timer;

    Outbox(EventLoop loop) {
        this(loop, System::nanoTime);
    }

    /** @param clock nanoseconds */
    Outbox(EventLoop loop, LongSupplier clock) {
        this.loop = loop;
        this.clock = clock;
        this.pace = new Pace(clock.getAsLong());
    }

    /** Flushes the session soon. It must not have been added since it was flushed, but may wait for more. */
    void add(Member session) {
        dirty.add(session);
        schedule();
    }

    /**
     * Takes a session that was sent a broadcast, and is not in the outbox.
     *
     * @param sincePrevious nanoseconds since its previous broadcast
     * @return whether it waits for more; else it is flushed soon
     */
    boolean addBroadcast(Member session, long sincePrevious) {
        if (!pace.expectsMore(sincePrevious)) {
            broadcast = true;
            add(session);
            return false;
        }
        if (waiting.isEmpty()) {
            long delay = pace.untilNext(clock.getAsLong());
            timer = loop.schedule(this::stopWaiting, delay, TimeUnit.NANOSECONDS);
        }
        waiting.add(session);
        return true;
    }

    /** Flushes those who wait soon: enough has come. */
    void stopWaiting() {
        if (!waiting.isEmpty()) {
            timer.cancel(false);
            broadcast = true;
            waiting.forEach(Member::wake);
            waiting.clear();
        }
    }

    /** Runs the task on another loop soon, after those that were handed over before. */
    void handOver(EventLoop other, Runnable task) {
        foreign.computeIfAbsent(other, key -> new ArrayList<>()).add(task);
        schedule();
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            loop.execute(this::flush);
        }
    }

    /** Whatever happens in it, what comes later is flushed, too. */
    private void flush() {
        List<Member> now = dirty;
        dirty = spare;
        try {
            flush(now);
            handOver();
        } finally {
            now.clear();
            spare = now;
            scheduled = false;
            if (!dirty.isEmpty() || !foreign.isEmpty()) {
                schedule();
            }
        }
    }

    private void flush(List<Member> sessions) {
        boolean timed = broadcast;
        broadcast = false;
        long begin = timed ? clock.getAsLong() : 0;
        for (Member session : sessions) {
            flush(session);
        }
        if (timed) {
            pace.flushed(begin, clock.getAsLong());
        }
    }

    /** Want of memory for one session's frames, which Netty throws as an error, must not keep the others waiting. */
    private static void flush(Member session) {
        try {
            session.flush();
        } catch (RuntimeException | Error e) {
            LOG.error("Flushing a session failed; it is closed", e);
            close(session);
        }
    }

    private static void close(Member session) {
        try {
            session.failed();
        } catch (RuntimeException | Error e) {
            LOG.error("A session that could not be flushed could not be closed either", e);
        }
    }

    private void handOver() {
        List<Map.Entry<EventLoop, List<Runnable>>> all = List.copyOf(foreign.entrySet());
        foreign.clear();
        for (var each : all) {
            try {
                each.getKey().execute(() -> each.getValue().forEach(Outbox::run));
            } catch (RejectedExecutionException over) {
                LOG.debug("An event loop is shut down, and its connections with it", over);
            }
        }
    }

    /** What fails for one connection must not keep the others waiting. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Sending to a connection failed", e);
        }
    }
}
