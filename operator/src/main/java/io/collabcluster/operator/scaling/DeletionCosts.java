package io.collabcluster.operator.scaling;

import io.collabcluster.operator.api.Annotations;
import io.collabcluster.operator.api.NodeReport;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What it costs to delete each pod: as many as it has connections, so that a shrink takes those with the fewest. Kubernetes
 * asks for these to be written once before a shrink, and not whenever they change.
 */
public final class DeletionCosts {

    /** Of a node that doesn't answer, nor is ready: it goes before any that does. */
    private static final int UNREACHABLE = -1;

    private DeletionCosts() {}

    /**
     * The costs that differ from what the pods have already, by the pods' names.
     *
     * @param before what the nodes were like at the look before: one that is ready and doesn't answer in time may be the
     *     busiest
     */
    public static Map<String, String> changed(List<Pod> pods, Map<String, Reading> census, List<NodeReport> before) {
        Map<String, NodeReport> known =
                before.stream().collect(Collectors.toMap(NodeReport::name, Function.identity(), (one, _) -> one));
        var changed = new TreeMap<String, String>();
        for (Pod pod : pods) {
            String name = pod.getMetadata().getName();
            String cost = String.valueOf(
                    answered(census.get(name)).or(() -> last(pod, known)).orElse(UNREACHABLE));
            Map<String, String> annotations = pod.getMetadata().getAnnotations();
            String there = annotations == null ? null : annotations.get(Annotations.POD_DELETION_COST);
            if (!cost.equals(there)) {
                changed.put(name, cost);
            }
        }
        return changed;
    }

    private static Optional<Integer> answered(Reading reading) {
        return reading instanceof Reading.Answered said
                ? Optional.of(cost(said.state(), said.connections()))
                : Optional.empty();
    }

    private static Optional<Integer> last(Pod pod, Map<String, NodeReport> known) {
        boolean ready = pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
        return Optional.ofNullable(known.get(pod.getMetadata().getName()))
                .filter(_ -> ready)
                .map(report -> cost(report.state(), report.connections()));
    }

    private static int cost(String state, int connections) {
        return state.equals("draining") ? 0 : connections;
    }
}
