package io.collabcluster.cluster.adapter;

import io.collabcluster.cluster.Redis7;
import io.collabcluster.cluster.TestRedis;
import io.collabcluster.cluster.redis.RedisOptions.Format;

/** With {@code createShardedAdapter}, on Redis 7. */
class ShardedInteropTest extends InteropScenario {

    ShardedInteropTest() {
        super(Format.SHARDED);
    }

    @Override
    TestRedis startRedis() {
        return Redis7.start();
    }
}
