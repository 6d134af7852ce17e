package io.collabcluster.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What all clients of a load generator have counted between two moments.
 *
 * @param count deliveries or acknowledgements
 * @param faults messages that are missing, came twice or out of order
 * @param latencies in nanoseconds
 */
public record Totals(long count, long faults, Histogram latencies) {

    public double latencyMillis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
