package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** An object of the managed Redis. */
abstract class RedisResource<R extends HasMetadata> extends OwnedResource<R> {

    protected RedisResource(Class<R> kind) {
        super(kind);
    }

    @Override
    protected final String nameFor(CollabCluster cluster) {
        return Names.redis(cluster);
    }

    @Override
    protected final String component() {
        return Labels.REDIS;
    }
}
