package io.collabcluster.bench.report;

/** A column of figures. */
enum Column {
    RATE("rate/s"),
    RATE_RATIO("×rate"),
    CPU("CPU-s/M"),
    CPU_RATIO("×CPU"),
    REDIS("Redis"),
    P50("p50 ms"),
    P99("p99 ms"),
    RESIDENT("memory MB"),
    PER_CONNECTION("kB/conn."),
    PER_CONNECTION_RATIO("×kB"),
    LOST("lost"),
    STRAYS("strays"),
    LOAD_CPU("load");

    private final String heading;

    Column(String heading) {
        this.heading = heading;
    }

    String heading() {
        return heading;
    }
}
