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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a status is told from.
 *
 * @param pods of the nodes
 * @param redisPods of the managed Redis
 * @param census what the nodes say of themselves, by their pods' names; one miss is bridged by the status before
 * @param missing what the specification names and isn't there, in words
 * @param needed what of it no node can start without: nothing is written until it is there
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
        List<String> needed,
        List<String> faults,
        List<String> failures) {

    public Observation {
        census = Misses.bridged(census, pods, cluster.observed());
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

    /** How many were told to go: Kubernetes counts them no more. */
    int leaving() {
        return (int) pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() != null)
                .count();
    }

    /** What keeps pods from being made, and from working. */
    List<String> troubles() {
        return Stream.concat(
                        deployment.stream().flatMap(PodTrouble::unmade),
                        pods.stream().flatMap(pod -> PodTrouble.of(pod).stream()))
                .toList();
    }

    List<String> redisTroubles() {
        return redisPods.stream().flatMap(pod -> PodTrouble.of(pod).stream()).toList();
    }

    /** How many nodes admit nobody, as something that they need is away. They stay ready in the eyes of Kubernetes. */
    int paused() {
        return (int) whoPause().count();
    }

    /** Why, each reason once: as a rule it is the same for all. */
    List<String> pauses() {
        return whoPause().map(Reading.Answered::reason).distinct().sorted().toList();
    }

    private Stream<Reading.Answered> whoPause() {
        return census.values().stream()
                .flatMap(reading -> reading.said().stream())
                .filter(said -> said.state().equals("paused"));
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
                .filter(entry -> !passing.contains(entry.getKey()) || entry.getValue() instanceof Reading.Answered)
                .flatMap(entry -> complaint(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    private static Optional<String> complaint(String pod, Reading reading) {
        return reading instanceof Reading.Unreachable unreachable
                ? Optional.of(pod + ": " + unreachable.why())
                : reading.said()
                        .filter(said -> said.state().equals("paused"))
                        .map(said -> pod + " is paused: " + said.reason());
    }
}
