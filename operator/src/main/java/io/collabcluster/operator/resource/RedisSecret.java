package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.pod.RedisAccess;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;

/** The managed Redis' password, and its redis.conf, which has it: a command line would show it. */
public final class RedisSecret extends GeneratedSecret {

    static final String CONFIGURATION = "redis.conf";

    @Override
    protected String nameFor(CollabCluster cluster) {
        return Names.redis(cluster);
    }

    @Override
    protected String component() {
        return Labels.REDIS;
    }

    @Override
    protected Secret desired(CollabCluster cluster, Context<CollabCluster> context) {
        String password = kept(cluster, context, RedisAccess.PASSWORD);
        boolean persistent = cluster.getSpec().redis().managed().persistence().enabled();
        String configuration = """
                requirepass %s
                dir /data
                save ""
                appendonly %s
                maxmemory-policy noeviction
                """.formatted(password, persistent ? "yes" : "no");
        return new SecretBuilder()
                .withMetadata(metadata(cluster))
                .withType("Opaque")
                .withData(Map.ofEntries(entry(RedisAccess.PASSWORD, password), entry(CONFIGURATION, configuration)))
                .build();
    }
}
