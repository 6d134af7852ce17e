package io.collabcluster.cluster.adapter;

import io.collabcluster.cluster.redis.RedisOptions.Format;

class ShardedNodesTest extends NodesScenario {
    ShardedNodesTest() {
        super(Format.SHARDED);
    }
}
