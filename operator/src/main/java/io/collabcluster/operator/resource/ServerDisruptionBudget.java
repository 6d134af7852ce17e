package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** One node at a time may be taken from its machine; one that doesn't work anyway never holds up the machine's drain. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED))
public final class ServerDisruptionBudget extends OwnedResource<PodDisruptionBudget> {

    public ServerDisruptionBudget() {
        super(PodDisruptionBudget.class);
    }

    @Override
    protected PodDisruptionBudget desired(CollabCluster cluster, Context<CollabCluster> context) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(metadata(cluster))
                .withNewSpec()
                .withNewMaxUnavailable(1)
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(Labels.selector(cluster, Labels.SERVER))
                .endSelector()
                .endSpec()
                .build();
    }
}
