package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabClusterSpec;

/** Whether the operator runs the Redis. */
public final class RedisWanted extends SpecCondition {

    @Override
    protected boolean isMet(CollabClusterSpec spec) {
        return spec.redis().runsHere();
    }
}
