package io.collabcluster.operator.scaling;

import io.collabcluster.operator.api.Annotations;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What it costs to delete each pod: as many as it has connections, so that a shrink takes those with the fewest. Kubernetes
 * asks for these to be written once before a shrink, and not whenever they change.
 */
public final class DeletionCosts {

    /** Of a node that doesn't answer: it goes before any that does. */
    private static final int UNREACHABLE = -1;

    private DeletionCosts() {}

    /** The costs that differ from what the pods have already, by the pods' names. */
    public static Map<String, String> changed(List<Pod> pods, Map<String, Reading> census) {
        var changed = new TreeMap<String, String>();
        for (Pod pod : pods) {
            String name = pod.getMetadata().getName();
            String cost = String.valueOf(cost(census.get(name)));
            Map<String, String> annotations = pod.getMetadata().getAnnotations();
            String before = annotations == null ? null : annotations.get(Annotations.POD_DELETION_COST);
            if (!cost.equals(before)) {
                changed.put(name, cost);
            }
        }
        return changed;
    }

    private static int cost(Reading reading) {
        return switch (reading) {
            case null -> UNREACHABLE;
            case Reading.Unreachable unreachable -> UNREACHABLE;
            case Reading.Answered answered -> answered.state().equals("draining") ? 0 : answered.connections();
        };
    }
}
