package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;

/** Whether a specification asks for an object. */
abstract class SpecCondition implements Condition<HasMetadata, CollabCluster> {

    protected abstract boolean isMet(CollabClusterSpec spec);

    @Override
    public final boolean isMet(
            DependentResource<HasMetadata, CollabCluster> dependent,
            CollabCluster cluster,
            Context<CollabCluster> context) {
        return isMet(cluster.getSpec());
    }
}
