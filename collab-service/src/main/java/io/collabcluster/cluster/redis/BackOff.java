package io.collabcluster.cluster.redis;

import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt to connect. */
final class BackOff {

    private static final int MOST_DOUBLINGS = 10;
    private static final int DOUBLINGS_WHILE_SHAKY = 2;

    private final Timing timing;
    private int failures;

    BackOff(Timing timing) {
        this.timing = timing;
    }

    void failed() {
        failures++;
    }

    /** It is up. Where that doesn't last, as the nodes of a Redis Cluster disagree, the next time takes a bit longer. */
    void up() {
        failures = Math.min(failures + 1, DOUBLINGS_WHILE_SHAKY);
    }

    /** It has been up for a while. */
    void steady() {
        failures = 0;
    }

    /** Milliseconds. A cluster's nodes lose their Redis at one moment, and should not all come back at one. */
    long delay() {
        long doubled = timing.backOff().toMillis() << Math.min(failures, MOST_DOUBLINGS);
        long most = Math.min(doubled, timing.longest().toMillis());
        return ThreadLocalRandom.current().nextLong(most / 2, most + 1) + 1;
    }
}
