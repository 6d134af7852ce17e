package io.collabcluster.operator.pod;

import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.SchedulingSpec;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;

/** What holds for all pods of a cluster, Redis' included: which machines take them, and what their images are pulled with. */
public final class EveryPod {

    private EveryPod() {}

    /** Changes the pod. */
    public static void addTo(PodSpecBuilder pod, CollabClusterSpec spec) {
        if (!spec.imagePullSecrets().isEmpty()) {
            pod.withImagePullSecrets(spec.imagePullSecrets().stream()
                    .map(LocalObjectReference::new)
                    .toList());
        }
        SchedulingSpec scheduling = spec.scheduling();
        if (!scheduling.nodeSelector().isEmpty()) {
            pod.withNodeSelector(scheduling.nodeSelector());
        }
        if (!scheduling.tolerations().isEmpty()) {
            pod.withTolerations(scheduling.tolerations());
        }
        if (!scheduling.priorityClassName().isEmpty()) {
            pod.withPriorityClassName(scheduling.priorityClassName());
        }
    }
}
