package io.collabcluster.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What all clients of a load generator have counted between two moments.
 *
 * @param count deliveries, each one of a socket once; and answers to requests. Of joining there is no count.
 * @param latencies of what is counted, in nanoseconds
 */
public record Totals(long count, Faults faults, Histogram latencies) {

    public double latencyMillis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
