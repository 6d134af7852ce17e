package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.pod.ClusterSecrets;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** The managed Redis' redis.conf. A Secret, as its password stands in it: a command line would show it. */
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class RedisConfig extends RedisResource<Secret> {

    static final String FILE = "redis.conf";

    public RedisConfig() {
        super(Secret.class);
    }

    @Override
    protected Secret desired(CollabCluster cluster, Context<CollabCluster> context) {
        String internal = Names.internalSecret(cluster);
        String password = SecretTexts.owned(cluster, context, internal)
                .flatMap(secret -> SecretTexts.text(secret, ClusterSecrets.REDIS_PASSWORD))
                .orElseThrow(
                        () -> new IllegalStateException("The Secret " + internal + " has no password for Redis yet"));
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
                .addToData(FILE, SecretTexts.encoded(configuration))
                .build();
    }
}
