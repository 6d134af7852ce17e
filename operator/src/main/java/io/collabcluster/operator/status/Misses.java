package io.collabcluster.operator.status;

import io.collabcluster.operator.api.CollabClusterStatus;
import io.collabcluster.operator.api.NodeReport;
import io.collabcluster.operator.scaling.Reading;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Nodes that don't answer in time. One that collects garbage does so now and then: only the second time in a row counts. */
final class Misses {

    private Misses() {}

    /** The census; who answered at the look before, as the status says, has {@link Reading.Missed} one only. */
    static Map<String, Reading> bridged(
            Map<String, Reading> census, List<Pod> pods, Optional<CollabClusterStatus> status) {
        Map<String, NodeReport> before = status.map(CollabClusterStatus::nodes).orElse(List.of()).stream()
                .collect(Collectors.toMap(NodeReport::name, Function.identity(), (one, _) -> one));
        Set<String> wellKnown = pods.stream()
                .filter(pod -> Passage.of(pod).isEmpty() && PodTrouble.of(pod).isEmpty())
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
        var bridged = new TreeMap<>(census);
        bridged.replaceAll((pod, reading) -> {
            Optional<NodeReport> last = Optional.ofNullable(before.get(pod));
            return reading instanceof Reading.Unreachable unreachable
                            && wellKnown.contains(pod)
                            && last.filter(NodeReport::silent).isEmpty()
                    ? new Reading.Missed(unreachable.why(), last.flatMap(Misses::said))
                    : reading;
        });
        return bridged;
    }

    /** Of the pods' own phases nothing is kept: only a node says its version. */
    private static Optional<Reading.Answered> said(NodeReport last) {
        return last.version().isEmpty()
                ? Optional.empty()
                : Optional.of(new Reading.Answered(last.state(), last.reason(), last.connections(), last.version()));
    }
}
