package io.collabcluster.cluster.adapter;

import io.collabcluster.cluster.redis.Bus;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers the times between which something may not have been heard: a new one with each loss and return of the bus. */
final class BusEras {

    private final AtomicLong era = new AtomicLong();

    BusEras(Bus bus) {
        bus.watch(up -> era.incrementAndGet());
    }

    long now() {
        return era.get();
    }
}
