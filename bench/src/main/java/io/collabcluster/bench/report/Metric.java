package io.collabcluster.bench.report;

/** A figure of a sample. Not every case has every one. */
public enum Metric {
    /** Units per second. */
    RATE,
    /** CPU-seconds of the server, user and system, per million units. */
    CPU,
    /** CPU-seconds of the Redis that several nodes share, per million units. */
    REDIS_CPU,
    /** Median latency in milliseconds. */
    P50,
    /** 99th percentile of the latency in milliseconds. */
    P99,
    /** Resident memory of the server, bytes. */
    RESIDENT,
    /** Growth of the resident memory over the empty server, bytes per connection. */
    PER_CONNECTION,
    /** Messages and answers that did not arrive, came twice, out of order or wrong; and sockets that were cut off. */
    LOST,
    /** Messages that nodes without anybody in the room had from Redis, all such nodes together. */
    STRAYS,
    /** CPU-seconds of the load generator per million units. */
    LOAD_CPU
}
