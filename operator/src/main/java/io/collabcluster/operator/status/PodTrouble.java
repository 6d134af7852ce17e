package io.collabcluster.operator.status;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why a pod doesn't work, in Kubernetes' own words: an image that can't be pulled, a crash, no machine that takes it. */
final class PodTrouble {

    /** On the way, and not in trouble. */
    private static final Set<String> USUAL = Set.of("ContainerCreating", "PodInitializing");

    private PodTrouble() {}

    static Optional<String> of(Pod pod) {
        if (pod.getStatus() == null || pod.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        return unschedulable(pod.getStatus())
                .or(() -> waiting(pod.getStatus()))
                .map(trouble -> pod.getMetadata().getName() + ": " + trouble);
    }

    private static Optional<String> unschedulable(PodStatus status) {
        return status.getConditions().stream()
                .filter(condition -> "PodScheduled".equals(condition.getType()))
                .filter(condition -> "False".equals(condition.getStatus()))
                .findFirst()
                .map(condition -> text(condition.getReason(), condition.getMessage()));
    }

    private static Optional<String> waiting(PodStatus status) {
        return Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
                .flatMap(container -> trouble(container).stream())
                .findFirst();
    }

    private static Optional<String> trouble(ContainerStatus container) {
        if (container.getState() == null || container.getState().getWaiting() == null) {
            return Optional.empty();
        }
        ContainerStateWaiting waiting = container.getState().getWaiting();
        if (waiting.getReason() == null || USUAL.contains(waiting.getReason())) {
            return Optional.empty();
        }
        // Of a crash, the container's last words say more than how long Kubernetes waits now.
        String message = lastWords(container).orElse(waiting.getMessage());
        return Optional.of(text(waiting.getReason(), message));
    }

    private static Optional<String> lastWords(ContainerStatus container) {
        return Optional.ofNullable(container.getLastState())
                .map(state -> state.getTerminated())
                .map(ContainerStateTerminated::getMessage)
                .filter(message -> !message.isBlank());
    }

    private static String text(String reason, String message) {
        return String.join(
                ": ",
                List.of(reason, message == null ? "" : message.strip()).stream()
                        .filter(part -> part != null && !part.isEmpty())
                        .toList());
    }
}
