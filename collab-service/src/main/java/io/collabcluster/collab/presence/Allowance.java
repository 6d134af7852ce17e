package io.collabcluster.collab.presence;

import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** So many in a second, and as many at once. Belongs to one thread. */
final class Allowance {

    private final int perSecond;
    private final LongSupplier nanos;
    private double left;
    private long then;

    Allowance(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        left = perSecond;
        then = nanos.getAsLong();
    }

    /** Fails with {@link Code#TOO_MANY} when there is none left. */
    void take() {
        long now = nanos.getAsLong();
        left = Math.min(perSecond, left + (now - then) * (double) perSecond / TimeUnit.SECONDS.toNanos(1));
        then = now;
        if (left < 1) {
            throw new CollabException(
                    Code.TOO_MANY, "at most " + perSecond + " joins, updates and signals in a second: send fewer");
        }
        left--;
    }
}
