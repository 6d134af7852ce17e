package io.collabcluster.bench.load;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** What the clients of one event loop have counted. Written by that loop only, read by any thread. */
final class Tally {

    static final int DIGITS = 3;
    static final long LONGEST_NANOS = 600_000_000_000L;

    private final AtomicLong count = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private final SingleWriterRecorder latencies = new SingleWriterRecorder(LONGEST_NANOS, DIGITS);

    /** One delivery or acknowledgement. */
    void counted(long latencyNanos) {
        count.setOpaque(count.getPlain() + 1);
        latencies.recordValue(Math.clamp(latencyNanos, 0, LONGEST_NANOS));
    }

    /** Messages that are missing, came twice, or out of order. */
    void faults(long more) {
        faults.setOpaque(faults.getPlain() + more);
    }

    long count() {
        return count.getOpaque();
    }

    long faults() {
        return faults.getOpaque();
    }

    /** The latencies since the last call. */
    Histogram interval() {
        return latencies.getIntervalHistogram();
    }
}
