package io.collabcluster.engineio;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The sessions of one event loop that have something to send, and one task that writes it all: what is queued in one go
 * leaves with one flush per connection. Work for channels of other loops is handed over in one task per loop.
 */
final class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);

    private final EventLoop loop;
    private List<EngineSession> dirty = new ArrayList<>();
    private List<EngineSession> spare = new ArrayList<>();
    private final Map<EventLoop, List<Runnable>> foreign = new HashMap<>();
    private boolean scheduled;

    Outbox(EventLoop loop) {
        this.loop = loop;
    }

    /** Flushes the session soon. It must not be in the outbox yet. */
    void add(EngineSession session) {
        dirty.add(session);
        schedule();
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
        for (EngineSession session : now) {
            session.flush();
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
