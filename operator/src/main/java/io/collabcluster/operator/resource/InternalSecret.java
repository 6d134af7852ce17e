package io.collabcluster.operator.resource;

import static io.collabcluster.operator.pod.ClusterSecrets.CLUSTER_SECRET;
import static io.collabcluster.operator.pod.ClusterSecrets.OPERATOR_TOKEN;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Names;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;

/** By what nodes know each other, and the operator is known to them. */
public final class InternalSecret extends GeneratedSecret {

    @Override
    protected String nameFor(CollabCluster cluster) {
        return Names.internalSecret(cluster);
    }

    @Override
    protected Secret desired(CollabCluster cluster, Context<CollabCluster> context) {
        return new SecretBuilder()
                .withMetadata(metadata(cluster))
                .withType("Opaque")
                .withData(Map.ofEntries(
                        entry(CLUSTER_SECRET, kept(cluster, context, CLUSTER_SECRET)),
                        entry(OPERATOR_TOKEN, kept(cluster, context, OPERATOR_TOKEN))))
                .build();
    }
}
