package io.collabcluster.engineio;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

    private final EventLoop loop;
    private final Pace pace = new Pace();
    private List<EngineSession> dirty = new ArrayList<>();
    private List<EngineSession> spare = new ArrayList<>();
    private List<EngineSession> waiting = new ArrayList<>();
    private final Map<EventLoop, List<Runnable>> foreign = new HashMap<>();
    private boolean scheduled;
    private boolean broadcast;

    Outbox(EventLoop loop) {
        this.loop = loop;
    }

    /** Flushes the session soon. It must not be in the outbox yet, but may wait for more. */
    void add(EngineSession session) {
        dirty.add(session);
        schedule();
    }

    /**
     * Takes a session whose queue holds nothing but a broadcast.
     *
     * @param sincePrevious nanoseconds since its previous broadcast
     * @return whether it waits for more; else it is flushed soon
     */
    boolean addBroadcast(EngineSession session, long sincePrevious) {
        if (!pace.expectsMore(sincePrevious)) {
            broadcast = true;
            add(session);
            return false;
        }
        if (waiting.isEmpty()) {
            long delay = pace.untilNext(System.nanoTime());
            loop.schedule(this::stopWaiting, delay, TimeUnit.NANOSECONDS);
        }
        waiting.add(session);
        return true;
    }

    /** Flushes those who wait soon: enough has come. */
    void stopWaiting() {
        if (!waiting.isEmpty()) {
            broadcast = true;
            waiting.forEach(EngineSession::wake);
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

    private void flush() {
        List<EngineSession> now = dirty;
        dirty = spare;
        boolean timed = broadcast;
        broadcast = false;
        long begin = timed ? System.nanoTime() : 0;
        for (EngineSession session : now) {
            session.flush();
        }
        if (timed) {
            pace.flushed(begin, System.nanoTime());
        }
        now.clear();
        spare = now;
        if (!foreign.isEmpty()) {
            foreign.forEach((other, tasks) -> other.execute(() -> tasks.forEach(Outbox::run)));
            foreign.clear();
        }
        scheduled = false;
        if (!dirty.isEmpty()) {
            schedule();
        }
    }

    /** What fails for one connection must not keep the others waiting. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("Sending to a connection failed", e);
        }
    }
}
