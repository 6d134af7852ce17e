package io.collabcluster.cluster.node;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets a complaint through that may come with each request. Any thread. */
final class OnceAMinute {

    private final AtomicLong next = new AtomicLong(System.nanoTime());

    boolean isDue() {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + TimeUnit.MINUTES.toNanos(1));
    }
}
