package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.Annotations;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.api.PersistenceSpec;
import io.collabcluster.operator.pod.InputsHash;
import io.collabcluster.operator.pod.Quantities;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** The managed Redis: one pod. While it is away the nodes are paused, and nothing that was acknowledged is lost. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED))
public final class RedisStatefulSet extends RedisResource<StatefulSet> {

    public RedisStatefulSet() {
        super(StatefulSet.class);
    }

    @Override
    protected StatefulSet desired(CollabCluster cluster, Context<CollabCluster> context) {
        PersistenceSpec persistence = cluster.getSpec().redis().managed().persistence();
        var set = new StatefulSetBuilder()
                .withMetadata(metadata(cluster))
                .withNewSpec()
                .withReplicas(1)
                // Else a pod that never got ready is waited for, and what mends it never comes (kubernetes 67250).
                .withPodManagementPolicy("Parallel")
                .withServiceName(Names.redis(cluster))
                .withNewSelector()
                .withMatchLabels(Labels.selector(cluster, Labels.REDIS))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Labels.of(cluster, Labels.REDIS))
                .addToAnnotations(Annotations.INPUTS_HASH, hash(cluster, context))
                .endMetadata()
                .withSpec(RedisPod.of(cluster))
                .endTemplate()
                .endSpec();
        if (persistence.enabled()) {
            set.editSpec().withVolumeClaimTemplates(claim(persistence)).endSpec();
        }
        return set.build();
    }

    private static String hash(CollabCluster cluster, Context<CollabCluster> context) {
        var hash = new InputsHash();
        SecretTexts.owned(cluster, context, Names.redis(cluster))
                .ifPresent(secret -> hash.with(Names.redis(cluster), secret.getData()));
        return hash.text();
    }

    private static PersistentVolumeClaim claim(PersistenceSpec persistence) {
        var claim = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("data")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withVolumeMode("Filesystem")
                .withNewResources()
                .addToRequests("storage", Quantities.of(persistence.size()))
                .endResources()
                .endSpec();
        if (!persistence.storageClassName().isEmpty()) {
            claim.editSpec()
                    .withStorageClassName(persistence.storageClassName())
                    .endSpec();
        }
        return claim.build();
    }
}
