package io.collabcluster.operator.status;

import io.collabcluster.operator.api.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** A pod that comes or goes: that its node doesn't answer is to be expected. */
final class Passage {

    private Passage() {}

    /** {@code starting} until its start-up probe has succeeded, {@code draining} once it was told to go; else empty. */
    static Optional<String> of(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return Optional.of("draining");
        }
        return started(pod) ? Optional.empty() : Optional.of("starting");
    }

    private static boolean started(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getContainerStatuses().stream()
                        .filter(container -> container.getName().equals(Labels.SERVER))
                        .anyMatch(container -> Boolean.TRUE.equals(container.getStarted()));
    }
}
