package io.collabcluster.operator.scaling;

import java.util.Map;
import java.util.TreeMap;

/** Who has how much more than the others. */
public final class Shares {

    /** Above the mean by less than this, evening out costs more reconnects than it is worth. */
    private static final double TOLERANCE = 1.1;

    private Shares() {}

    /** Whether every node has answered, and says that it runs. */
    public static boolean allRun(Map<String, Reading> census) {
        return census.values().stream()
                .allMatch(reading -> reading instanceof Reading.Answered answered
                        && answered.state().equals("running"));
    }

    /**
     * The share of its connections that each node should let go, by the pods' names; those that should keep all are left
     * out. Empty unless {@link #allRun}.
     */
    public static Map<String, Double> toShed(Map<String, Reading> census) {
        if (!allRun(census) || census.size() < 2) {
            return Map.of();
        }
        var connections = new TreeMap<String, Integer>();
        census.forEach((pod, reading) -> connections.put(pod, ((Reading.Answered) reading).connections()));
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
