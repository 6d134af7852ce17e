package io.collabcluster.bench.scenario;

import java.time.Duration;

/** How much load. */
public enum Size {
    /** A hundredth of the connections and of the time: shows that it works. The figures mean nothing. */
    TINY(100),
    /** As in docs/benchmarks.md. */
    FULL(1);

    private final int divisor;

    Size(int divisor) {
        this.divisor = divisor;
    }

    /** For the results: those of another load can't stand beside them. */
    public String text() {
        return "connections and times divided by " + divisor + ", of " + Scenarios.WARM_UP.toMillis()
                + " ms of warm-up and " + Scenarios.MEASURED.toMillis() + " ms measured";
    }

    /** At least 4. */
    int of(int connections) {
        return Math.max(4, connections / divisor);
    }

    Duration of(Duration duration) {
        return duration.dividedBy(divisor).plusMillis(this == TINY ? 200 : 0);
    }
}
