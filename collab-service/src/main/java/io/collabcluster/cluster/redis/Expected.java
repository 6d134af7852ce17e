package io.collabcluster.cluster.redis;

import java.util.HashMap;
import java.util.Map;

/** How many confirmations are still to come, by channel: one may be subscribed, left, and subscribed again meanwhile. */
final class Expected {

    private final Map<String, Integer> counts = new HashMap<>();

    void add(String channel) {
        counts.merge(channel, 1, Integer::sum);
    }

    boolean has(String channel) {
        return counts.containsKey(channel);
    }

    /** @return whether it was expected */
    boolean take(String channel) {
        if (!has(channel)) {
            return false;
        }
        counts.computeIfPresent(channel, (_, count) -> count == 1 ? null : count - 1);
        return true;
    }
}
