package io.collabcluster.operator.status;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a pod doesn't work, in Kubernetes' own words: an image that can't be pulled, a crash, no machine that takes it. */
final class PodTrouble {

    /** On the way, and not in trouble. */
    private static final Set<String> USUAL = Set.of("ContainerCreating", "PodInitializing");

    /** What is over by itself, and replaced: pods that a machine has thrown out stay in the list for long. */
    private static final Set<String> ENDED = Set.of("Failed", "Succeeded");

    /** Of one pod, in characters: several share a condition's message. */
    private static final int LONGEST = 1000;

    private PodTrouble() {}

    /** On one line, with the pod's name. */
    static Optional<String> of(Pod pod) {
        PodStatus status = pod.getStatus();
        if (status == null
                || pod.getMetadata().getDeletionTimestamp() != null
                || status.getPhase() != null && ENDED.contains(status.getPhase())) {
            return Optional.empty();
        }
        return unschedulable(status)
                .or(() -> container(status))
                .map(trouble -> OneLine.bounded(pod.getMetadata().getName() + ": " + trouble, LONGEST));
    }

    /** Why pods can't be made: a quota, the pod security of the namespace, a PriorityClass that isn't there. */
    static Stream<String> unmade(Deployment deployment) {
        return Stream.ofNullable(deployment.getStatus())
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> "ReplicaFailure".equals(condition.getType()))
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> OneLine.bounded(text("", condition.getMessage()), LONGEST));
    }

    private static Optional<String> unschedulable(PodStatus status) {
        return status.getConditions().stream()
                .filter(condition -> "PodScheduled".equals(condition.getType()))
                .filter(condition -> "False".equals(condition.getStatus()))
                .findFirst()
                .map(condition -> text(condition.getReason(), condition.getMessage()));
    }

    private static Optional<String> container(PodStatus status) {
        return Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
                .flatMap(container -> trouble(container).stream())
                .findFirst();
    }

    /** In a loop of crashes a container waits, runs and ends in turns: it is the same trouble until it has started. */
    private static Optional<String> trouble(ContainerStatus container) {
        ContainerState state = container.getState();
        if (state == null) {
            return Optional.empty();
        }
        if (state.getTerminated() != null) {
            return Optional.of(state.getTerminated())
                    .filter(PodTrouble::crashed)
                    .map(PodTrouble::end);
        }
        ContainerStateWaiting waiting = state.getWaiting();
        if (waiting != null && waiting.getReason() != null && !USUAL.contains(waiting.getReason())) {
            // Of a crash, the container's last words say more than how long Kubernetes waits now.
            String why = last(container)
                    .map(PodTrouble::end)
                    .filter(words -> !words.isEmpty())
                    .orElse(waiting.getMessage());
            return Optional.of(text(waiting.getReason(), why));
        }
        return Boolean.TRUE.equals(container.getStarted())
                ? Optional.empty()
                : last(container).filter(PodTrouble::crashed).map(PodTrouble::end);
    }

    private static Optional<ContainerStateTerminated> last(ContainerStatus container) {
        return Optional.ofNullable(container.getLastState()).map(ContainerState::getTerminated);
    }

    private static boolean crashed(ContainerStateTerminated end) {
        return end.getExitCode() != null && end.getExitCode() != 0;
    }

    /** {@code OOMKilled (exit code 137): last words}. */
    private static String end(ContainerStateTerminated end) {
        String code = end.getExitCode() == null ? "" : "exit code " + end.getExitCode();
        boolean both = end.getReason() != null && !code.isEmpty();
        return text(
                both ? end.getReason() + " (" + code + ")" : Objects.toString(end.getReason(), code), end.getMessage());
    }

    private static String text(String reason, String message) {
        return Stream.of(reason, message)
                .filter(Objects::nonNull)
                .map(OneLine::of)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(": "));
    }
}
