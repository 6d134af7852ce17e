package io.collabcluster.bench.load;

import java.util.concurrent.locks.LockSupport;

/** Waiting, of a thread that has nothing else to do. */
public final class Pause {

    private Pause() {}

    public static void millis(long millis) {
        until(System.nanoTime() + millis * 1_000_000);
    }

    static void until(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
