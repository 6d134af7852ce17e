package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.ManagedRedisSpec;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.pod.EveryPod;
import io.collabcluster.operator.pod.RedisAccess;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;

/** The pod of the managed Redis, by the restricted pod security standard. */
final class RedisPod {

    /** The user and group redis of the official image. */
    private static final long USER = 999;

    private static final long GROUP = 1000;

    private RedisPod() {}

    static PodSpec of(CollabCluster cluster) {
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
        if (!cluster.getSpec().redis().managed().persistence().enabled()) {
            pod.addNewVolume().withName("data").withNewEmptyDir().endEmptyDir().endVolume();
        }
        EveryPod.addTo(pod, cluster.getSpec());
        return pod.build();
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
}
