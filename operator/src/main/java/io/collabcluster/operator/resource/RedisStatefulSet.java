package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.Annotations;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.ManagedRedisSpec;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.api.PersistenceSpec;
import io.collabcluster.operator.pod.InputsHash;
import io.collabcluster.operator.pod.Quantities;
import io.collabcluster.operator.pod.RedisAccess;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** The managed Redis: one pod. While it is away the nodes are paused, and nothing that was acknowledged is lost. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED))
public final class RedisStatefulSet extends RedisResource<StatefulSet> {

    /** The user and group redis of the official image. */
    private static final long USER = 999;

    private static final long GROUP = 1000;

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
                .withServiceName(Names.redis(cluster))
                .withNewSelector()
                .withMatchLabels(Labels.selector(cluster, Labels.REDIS))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Labels.of(cluster, Labels.REDIS))
                .addToAnnotations(Annotations.INPUTS_HASH, hash(cluster, context))
                .endMetadata()
                .withSpec(pod(cluster, persistence).build())
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

    private static PodSpecBuilder pod(CollabCluster cluster, PersistenceSpec persistence) {
        var pod = new PodSpecBuilder()
                .withServiceAccountName(Names.server(cluster))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(30L)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(GROUP)
                .withFsGroup(GROUP)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(cluster))
                .addNewVolume()
                .withName("config")
                .withNewSecret()
                .withSecretName(Names.redis(cluster))
                .withDefaultMode(0440)
                .endSecret()
                .endVolume();
        return persistence.enabled()
                ? pod
                : pod.addNewVolume()
                        .withName("data")
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .endVolume();
    }

    private static Container container(CollabCluster cluster) {
        ManagedRedisSpec redis = cluster.getSpec().redis().managed();
        var container = new ContainerBuilder()
                .withName("redis")
                .withImage(redis.image())
                .withCommand("redis-server", "/etc/redis/" + RedisConfig.FILE)
                .addNewPort()
                .withName("redis")
                .withContainerPort(RedisAccess.PORT)
                .withProtocol("TCP")
                .endPort()
                .addNewVolumeMount()
                .withName("config")
                .withMountPath("/etc/redis")
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withNewReadinessProbe()
                .withNewTcpSocket()
                .withNewPort("redis")
                .endTcpSocket()
                .withPeriodSeconds(5)
                .endReadinessProbe()
                .withNewLivenessProbe()
                .withNewTcpSocket()
                .withNewPort("redis")
                .endTcpSocket()
                .withPeriodSeconds(10)
                .endLivenessProbe();
        boolean unbounded = redis.resources().equals(new ResourceRequirements());
        return unbounded
                ? container.build()
                : container.withResources(redis.resources()).build();
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
