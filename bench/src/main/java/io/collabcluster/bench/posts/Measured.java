package io.collabcluster.bench.posts;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/**
 * What came of posting for some time.
 *
 * @param rate acknowledged posts per second
 * @param cpuSeconds of the server, or of pgbench, in that time
 * @param posts acknowledged in that time
 * @param latencies from sending a post to its acknowledgement, nanoseconds
 * @param residentBytes of the server
 * @param loadSeconds CPU of the load generator in that time, where it is not the server's own
 * @param acknowledged posts in all, with those of the warm-up
 */
public record Measured(
        double rate,
        double cpuSeconds,
        long posts,
        Histogram latencies,
        OptionalLong residentBytes,
        OptionalDouble loadSeconds,
        long acknowledged) {

    /** Longer than any post may take. */
    static final long LONGEST_NANOS = 60_000_000_000L;

    static final int DIGITS = 3;
}
