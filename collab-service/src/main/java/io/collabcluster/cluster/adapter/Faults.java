package io.collabcluster.cluster.adapter;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Counts the messages that can't be understood, and says so now and then: whoever sends them may send many. */
final class Faults {

    private static final Logger LOG = Logger.getLogger(RedisAdapters.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int LONGEST_TEXT = 200;

    private final AtomicLong count = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    void dropped(String channel, String fault) {
        long all = count.incrementAndGet();
        long due = next.get();
        long now = System.nanoTime();
        if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL_NANOS)) {
            long since = all - told.getAndSet(all);
            LOG.warnf(
                    "%d messages of other processes were dropped, of %d since the start; the last one, on %s: %s",
                    since, all, printable(channel), printable(fault));
        }
    }

    long count() {
        return count.get();
    }

    /** Both may have been made of what a stranger sent. */
    private static String printable(String text) {
        String shown = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
