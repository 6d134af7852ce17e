package io.collabcluster.operator.pod;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.api.SecretReference;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.Map;
import java.util.TreeMap;

/** A node's pod while it is being made: the contributors add to it, one after another. */
final class Draft {

    final CollabCluster cluster;
    final ContainerBuilder container = new ContainerBuilder().withName(NodePod.CONTAINER);
    final PodSpecBuilder pod = new PodSpecBuilder();
    final Map<String, String> labels = new TreeMap<>();
    final Map<String, String> annotations = new TreeMap<>();

    Draft(CollabCluster cluster) {
        this.cluster = cluster;
        pod.withServiceAccountName(Names.server(cluster));
    }

    void environment(String name, SecretReference secret) {
        container
                .addNewEnv()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(secret.key(), secret.name(), null)
                .endValueFrom()
                .endEnv();
    }

    /** A Secret's keys as files below a folder. */
    void files(String volume, String secret, String folder) {
        pod.addNewVolume()
                .withName(volume)
                .withNewSecret()
                .withSecretName(secret)
                .withDefaultMode(0444)
                .endSecret()
                .endVolume();
        mount(volume, folder);
    }

    void mount(String volume, String folder) {
        container
                .addNewVolumeMount()
                .withName(volume)
                .withMountPath(folder)
                .withReadOnly(true)
                .endVolumeMount();
    }

    PodTemplateSpec template() {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(annotations.isEmpty() ? null : annotations)
                .endMetadata()
                .withSpec(pod.withContainers(container.build()).build())
                .build();
    }
}
