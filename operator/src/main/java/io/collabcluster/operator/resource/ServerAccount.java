package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** The pods' account, without any right: the server never talks to Kubernetes. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED))
public final class ServerAccount extends OwnedResource<ServiceAccount> {

    public ServerAccount() {
        super(ServiceAccount.class);
    }

    @Override
    protected ServiceAccount desired(CollabCluster cluster, Context<CollabCluster> context) {
        return new ServiceAccountBuilder()
                .withMetadata(metadata(cluster))
                .withAutomountServiceAccountToken(false)
                .build();
    }
}
