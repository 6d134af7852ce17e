package io.collabcluster.operator.scaling;

import java.util.Map;
import java.util.TreeMap;

/** Who has how much more than the others. */
public final class Shares {

    /** Above the mean by less than this, evening out costs more reconnects than it is worth. */
    private static final double TOLERANCE = 1.1;

    private Shares() {}

    /**
     * The share of its connections that each node should let go, by the pods' names; those that should keep all are left
     * out. Empty unless every node has answered and runs.
     */
    public static Map<String, Double> toShed(Map<String, Reading> census) {
        var connections = new TreeMap<String, Integer>();
        census.forEach((pod, reading) -> {
            if (reading instanceof Reading.Answered answered && answered.state().equals("running")) {
                connections.put(pod, answered.connections());
            }
        });
        if (connections.size() < census.size() || connections.size() < 2) {
            return Map.of();
        }
        double mean = connections.values().stream()
                .mapToInt(Integer::intValue)
                .average()
                .orElse(0);
        var shares = new TreeMap<String, Double>();
        connections.forEach((pod, count) -> {
            if (count > mean * TOLERANCE) {
                shares.put(pod, (count - mean) / count);
            }
        });
        return shares;
    }
}
