package io.collabcluster.operator.scaling;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/**
 * A node that can be asked.
 *
 * @param pod its pod's name
 * @param address its pod's IP
 */
public record Node(String pod, String address) {

    /** Empty while the pod has no address, or has ended. */
    public static Optional<Node> of(Pod pod) {
        if (pod.getStatus() == null || pod.getStatus().getPodIP() == null) {
            return Optional.empty();
        }
        return "Running".equals(pod.getStatus().getPhase())
                ? Optional.of(
                        new Node(pod.getMetadata().getName(), pod.getStatus().getPodIP()))
                : Optional.empty();
    }
}
