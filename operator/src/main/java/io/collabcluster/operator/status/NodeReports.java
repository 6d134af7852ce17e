package io.collabcluster.operator.status;

import io.collabcluster.operator.api.CollabClusterStatus;
import io.collabcluster.operator.api.NodeReport;
import io.collabcluster.operator.scaling.Reading;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Each node in the status. */
final class NodeReports {

    private static final int MOST_NODES = 1000;

    /** Of a node's trouble, in characters: all nodes' together have to fit into one object. */
    private static final int LONGEST_TROUBLE = 500;

    private final Observation seen;

    NodeReports(Observation seen) {
        this.seen = seen;
    }

    /** By their names. */
    List<NodeReport> all() {
        return seen.pods().stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .limit(MOST_NODES)
                .map(this::report)
                .toList();
    }

    private NodeReport report(Pod pod) {
        String phase = pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? "Pending"
                : pod.getStatus().getPhase();
        return switch (seen.census().get(pod.getMetadata().getName())) {
            case null -> unheard(pod, phase);
            case Reading.Answered answered -> said(pod, answered, false);
            case Reading.Missed missed ->
                missed.last().map(last -> said(pod, last, true)).orElseGet(() -> silent(pod, phase, missed.why()));
            case Reading.Unreachable unreachable ->
                Passage.of(pod)
                        .map(state -> unheard(pod, state))
                        .orElseGet(() -> silent(pod, "unreachable", unreachable.why()));
        };
    }

    private static NodeReport said(Pod pod, Reading.Answered said, boolean silent) {
        return new NodeReport(
                pod.getMetadata().getName(), said.state(), said.reason(), said.connections(), said.version(), silent);
    }

    private NodeReport silent(Pod pod, String state, String why) {
        int connections = before(pod).map(NodeReport::connections).orElse(0);
        return new NodeReport(pod.getMetadata().getName(), state, trouble(pod).orElse(why), connections, "", true);
    }

    /** One that isn't expected to say anything. */
    private static NodeReport unheard(Pod pod, String state) {
        return new NodeReport(pod.getMetadata().getName(), state, trouble(pod).orElse(""), 0, "", false);
    }

    private Optional<NodeReport> before(Pod pod) {
        return seen.cluster().observed().map(CollabClusterStatus::nodes).orElse(List.of()).stream()
                .filter(report -> report.name().equals(pod.getMetadata().getName()))
                .findFirst();
    }

    private static Optional<String> trouble(Pod pod) {
        return PodTrouble.of(pod).map(words -> OneLine.bounded(words, LONGEST_TROUBLE));
    }
}
