package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;

/** Whether the operator runs the Redis. */
public final class RedisWanted implements Condition<HasMetadata, CollabCluster> {

    @Override
    public boolean isMet(
            DependentResource<HasMetadata, CollabCluster> dependent,
            CollabCluster cluster,
            Context<CollabCluster> context) {
        return cluster.getSpec().redis().runsHere();
    }
}
