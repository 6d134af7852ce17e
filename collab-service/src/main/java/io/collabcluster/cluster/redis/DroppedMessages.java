package io.collabcluster.cluster.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/** Counts what came over a channel and was not understood, and says so in the log, one line in ten seconds at most. Any thread. */
public final class DroppedMessages {

    private static final Logger LOG = Logger.getLogger(DroppedMessages.class);
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final LongAdder count = new LongAdder();
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    /** @param fault what was wrong; nothing of the message's content */
    public void add(String channel, String fault) {
        count.increment();
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + PAUSE)) {
            LOG.warnf(
                    "a message on the Redis channel %s was dropped: %s (%d since the start): does something else publish there?",
                    channel, fault, count.sum());
        }
    }

    public long count() {
        return count.sum();
    }
}
