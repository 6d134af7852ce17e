package io.collabcluster.cluster.adapter;

import io.collabcluster.cluster.redis.RedisOptions.Format;

class ClassicNodesTest extends NodesScenario {
    ClassicNodesTest() {
        super(Format.CLASSIC);
    }
}
