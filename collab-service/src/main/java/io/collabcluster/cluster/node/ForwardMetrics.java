package io.collabcluster.cluster.node;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of requests whose session is on another node. Any thread. */
public final class ForwardMetrics {

    public enum Outcome {
        /** The owner's answer was passed on. */
        ANSWERED,
        /** A WebSocket was connected through. */
        TUNNELLED,
        /** No live node has that id. */
        NO_OWNER,
        /** The owner did not answer. */
        UNREACHABLE,
        /** The client went away. */
        ABORTED,
        /** A request to this node's internal port was refused. */
        UNPROVEN;

        /** The metric's label. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);
    private final AtomicInteger tunnels = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    public ForwardMetrics() {
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    void forwarded(Outcome outcome) {
        counts.get(outcome).increment();
    }

    /** Requests that are neither answered nor tunnels. */
    void open(int more) {
        open.addAndGet(more);
    }

    void tunnels(int more) {
        tunnels.addAndGet(more);
    }

    public long count(Outcome outcome) {
        return counts.get(outcome).sum();
    }

    /** WebSockets of other nodes' sessions that run through this one. */
    public int tunnels() {
        return tunnels.get();
    }

    /** Requests and WebSockets of other nodes' sessions that are on their way through this one. */
    public int underWay() {
        return open.get() + tunnels.get();
    }
}
