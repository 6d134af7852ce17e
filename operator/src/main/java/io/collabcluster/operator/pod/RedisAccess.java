package io.collabcluster.operator.pod;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.api.RedisSpec;
import io.collabcluster.operator.api.SecretReference;

/** The way to Redis. The managed one's password is the operator's own making. */
public final class RedisAccess implements Part {

    /** Redis' port. */
    public static final int PORT = 6379;

    static final String FOLDER = "/etc/collab-redis";

    /** The URL that config.json has; empty where a Secret holds it. */
    static String url(CollabCluster cluster) {
        RedisSpec redis = cluster.getSpec().redis();
        return redis.runsHere() ? "redis://" + Names.redis(cluster) + ":" + PORT : redis.url();
    }

    @Override
    public void addTo(Draft draft) {
        RedisSpec redis = draft.cluster.getSpec().redis();
        if (redis.runsHere()) {
            draft.environment(
                    "COLLAB_REDIS_PASSWORD",
                    new SecretReference(Names.internalSecret(draft.cluster), ClusterSecrets.REDIS_PASSWORD));
            return;
        }
        if (redis.urlSecret().given()) {
            draft.environment("COLLAB_REDISSERVERURL", redis.urlSecret());
        }
        if (redis.passwordSecret().given()) {
            draft.environment("COLLAB_REDIS_PASSWORD", redis.passwordSecret());
        }
        if (!redis.tlsSecret().isEmpty()) {
            draft.files("redis-tls", redis.tlsSecret(), FOLDER);
        }
    }
}
