package io.collabcluster.operator.status;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.scaling.Reading;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that a status is told from.
 *
 * @param pods of the nodes
 * @param redisPods of the managed Redis
 * @param census what the nodes say of themselves, by their pods' names
 * @param missing what the specification names and isn't there, in words
 * @param faults of the specification, in words
 * @param failures of this reconciliation, in words
 */
public record Observation(
        CollabCluster cluster,
        Optional<Deployment> deployment,
        Optional<StatefulSet> redis,
        Optional<HorizontalPodAutoscaler> autoscaler,
        List<Pod> pods,
        List<Pod> redisPods,
        Map<String, Reading> census,
        List<String> missing,
        List<String> faults,
        List<String> failures) {

    public Observation {
        census = new TreeMap<>(census);
    }

    int wanted() {
        return cluster.getSpec().replicas();
    }

    int replicas() {
        return deployment
                .map(d -> number(d.getStatus() == null ? null : d.getStatus().getReplicas()))
                .orElse(0);
    }

    int ready() {
        return deployment
                .map(d -> number(d.getStatus() == null ? null : d.getStatus().getReadyReplicas()))
                .orElse(0);
    }

    /** Of the newest specification. */
    int updated() {
        return deployment
                .map(d -> number(d.getStatus() == null ? null : d.getStatus().getUpdatedReplicas()))
                .orElse(0);
    }

    private static int number(Integer count) {
        return count == null ? 0 : count;
    }

    /** What keeps the nodes' pods from working, each with its pod. */
    List<String> troubles() {
        return pods.stream().flatMap(pod -> PodTrouble.of(pod).stream()).toList();
    }

    List<String> redisTroubles() {
        return redisPods.stream().flatMap(pod -> PodTrouble.of(pod).stream()).toList();
    }

    /** How many nodes admit nobody, as something that they need is away. They stay ready in the eyes of Kubernetes. */
    int paused() {
        return (int) census.values().stream().filter(Observation::isPaused).count();
    }

    /** Why, each reason once: as a rule it is the same for all. */
    List<String> pauses() {
        return census.values().stream()
                .filter(Observation::isPaused)
                .map(reading -> ((Reading.Answered) reading).reason())
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isPaused(Reading reading) {
        return reading instanceof Reading.Answered answered && answered.state().equals("paused");
    }

    /** What keeps the autoscaler from scaling, in its own words; that there is nothing to scale is no trouble. */
    List<String> scalingTroubles() {
        return autoscaler.filter(there -> there.getStatus() != null).stream()
                .flatMap(there -> there.getStatus().getConditions().stream())
                .filter(condition -> Set.of("AbleToScale", "ScalingActive").contains(condition.getType()))
                .filter(condition -> "False".equals(condition.getStatus()))
                .filter(condition -> !"ScalingDisabled".equals(condition.getReason()))
                .map(condition -> "the autoscaler can't scale: " + condition.getMessage())
                .toList();
    }

    /** What the nodes say that isn't well, each with its pod; nodes that only start or drain are well, answer or not. */
    List<String> complaints() {
        Set<String> passing = pods.stream()
                .filter(pod -> Passage.of(pod).isPresent())
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
        return census.entrySet().stream()
                .flatMap(entry -> switch (entry.getValue()) {
                    case Reading.Answered answered
                    when answered.state().equals("paused") ->
                        Optional.of(entry.getKey() + " is paused: " + answered.reason()).stream();
                    case Reading.Answered answered -> Optional.<String>empty().stream();
                    case Reading.Unreachable unreachable
                    when passing.contains(entry.getKey()) -> Optional.<String>empty().stream();
                    case Reading.Unreachable unreachable ->
                        Optional.of(entry.getKey() + ": " + unreachable.why()).stream();
                })
                .toList();
    }
}
