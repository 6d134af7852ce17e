package io.collabcluster.operator.pod;

import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.PullPolicy;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

/** The server's image, its ports, its bounds, and the restricted pod security standard. */
final class ServerContainer implements Part {

    @Override
    public void addTo(Draft draft) {
        CollabClusterSpec spec = draft.cluster.getSpec();
        draft.labels.putAll(spec.pod().labels());
        draft.labels.putAll(Labels.of(draft.cluster, Labels.SERVER));
        draft.container
                .withImage(NodePod.image(spec))
                .withImagePullPolicy(pullPolicy(spec.imagePullPolicy()))
                .addNewPort()
                .withName("http")
                .withContainerPort(NodePod.PORT)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("internal")
                .withContainerPort(NodePod.INTERNAL_PORT)
                .withProtocol("TCP")
                .endPort()
                .withSecurityContext(restricted())
                // What a server says before it ends, a list of faults for instance, shows up in the status.
                .withTerminationMessagePolicy("FallbackToLogsOnError");
        if (!spec.resources().equals(new ResourceRequirements())) {
            draft.container.withResources(spec.resources());
        }
        draft.pod
                .withAutomountServiceAccountToken(false)
                // A Service named collab would set variables that look like the server's own.
                .withEnableServiceLinks(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext();
        draft.pod.addNewVolume().withName("tmp").withNewEmptyDir().endEmptyDir().endVolume();
        draft.container
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount();
    }

    private static SecurityContext restricted() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private static String pullPolicy(PullPolicy policy) {
        return switch (policy) {
            case IF_NOT_PRESENT -> "IfNotPresent";
            case ALWAYS -> "Always";
            case NEVER -> "Never";
        };
    }
}
