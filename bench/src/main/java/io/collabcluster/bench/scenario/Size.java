package io.collabcluster.bench.scenario;

/** How much load. */
public enum Size {
    /** Seconds per scenario: shows that it works. The figures mean nothing. */
    TINY,
    /** As in docs/benchmarks.md. */
    FULL
}
