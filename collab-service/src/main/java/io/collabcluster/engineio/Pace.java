package io.collabcluster.engineio;

import java.util.concurrent.TimeUnit;

/**
 * How often an event loop flushes broadcasts: so seldom that it spends an eighth of its time on it, but every 20 ms at the
 * least. A flush that takes 2 ms, for 400 connections, is followed by the next no sooner than 16 ms after its beginning; one
 * of 10 µs, for two, hardly holds anything up. And a broadcast waits only where the wait is expected to pay, because the
 * connection's previous one came a good deal less than that before it: a single message always leaves at once.
 */
final class Pace {

    static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(20);
    static final int SHARE = 8;

    /** For so long a flush stands for what the next one will take, though shorter ones follow. */
    private static final long MEMORY = TimeUnit.MILLISECONDS.toNanos(200);

    private long last;
    private long cost;
    private long costAt;

    Pace(long now) {
        last = now - LONGEST_WAIT;
        costAt = last;
    }

    /** Whether another broadcast for a connection is likely within the wait. @param sincePrevious nanoseconds */
    boolean expectsMore(long sincePrevious) {
        return sincePrevious < interval() * 3 / 4;
    }

    /** Nanoseconds from now until the next flush is due, 0 when it is overdue. */
    long untilNext(long now) {
        return Math.max(0, last + interval() - now);
    }

    /** Broadcasts were flushed, from one moment to another. */
    void flushed(long begin, long end) {
        last = begin;
        if (end - begin >= cost || end - costAt > MEMORY) {
            cost = end - begin;
            costAt = end;
        }
    }

    private long interval() {
        return Math.min(LONGEST_WAIT, cost * SHARE);
    }
}
