package io.collabcluster.bench.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** What the clients of one event loop have counted. Written by that loop only, read by any thread. */
final class Tally {

    static final int DIGITS = 3;
    static final long LONGEST_NANOS = 600_000_000_000L;

    private final AtomicLong count = new AtomicLong();
    private final AtomicLongArray faults = new AtomicLongArray(Fault.values().length);
    private final SingleWriterRecorder latencies = new SingleWriterRecorder(LONGEST_NANOS, DIGITS);

    /** One delivery that had not come before, or the right answer to a request. */
    void counted(long latencyNanos) {
        count.setOpaque(count.getPlain() + 1);
        latencies.recordValue(Math.clamp(latencyNanos, 0, LONGEST_NANOS));
    }

    void faults(Fault fault, long more) {
        faults.setOpaque(fault.ordinal(), faults.getPlain(fault.ordinal()) + more);
    }

    long count() {
        return count.getOpaque();
    }

    Faults faults() {
        return Faults.of(fault -> faults.getOpaque(fault.ordinal()));
    }

    /** The latencies since the last call. */
    Histogram interval() {
        return latencies.getIntervalHistogram();
    }
}
