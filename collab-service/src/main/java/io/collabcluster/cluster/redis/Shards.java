package io.collabcluster.cluster.redis;

import io.collabcluster.cluster.redis.RedisOptions.Server;
import io.vertx.redis.client.impl.ZModem;
import java.util.List;
import java.util.Optional;

/** Which master has which of the 16,384 slots. */
record Shards(List<Range> ranges) {

    static final int SLOTS = 16_384;

    /** @param to inclusive */
    record Range(int from, int to, Server master) {}

    static Shards single(Server master) {
        return new Shards(List.of(new Range(0, SLOTS - 1, master)));
    }

    /** The slot of a key or a sharded channel: by CRC16, as in the Redis Cluster specification. */
    static int slot(String name) {
        return ZModem.generate(name);
    }

    List<Server> masters() {
        return ranges.stream().map(Range::master).distinct().toList();
    }

    Optional<Server> master(int slot) {
        for (Range range : ranges) {
            if (range.from() <= slot && slot <= range.to()) {
                return Optional.of(range.master());
            }
        }
        return Optional.empty();
    }

    boolean complete() {
        return ranges.stream().mapToInt(range -> range.to() - range.from() + 1).sum() == SLOTS;
    }
}
