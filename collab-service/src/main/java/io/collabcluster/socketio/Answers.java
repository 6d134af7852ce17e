package io.collabcluster.socketio;

import java.util.List;
import java.util.Set;

/**
 * What the nodes of a cluster answered to a question.
 *
 * @param all the answers of those nodes that gave any
 * @param missing how many nodes did not answer in time; a node that left meanwhile is not waited for, and not counted
 * @param missingNodes the names of the missing ones, as far as they are known: those of other servers are not
 */
public record Answers<T>(List<T> all, int missing, Set<String> missingNodes) {

    public Answers {
        all = List.copyOf(all);
        missingNodes = Set.copyOf(missingNodes);
    }

    /** Every node has answered. */
    public static <T> Answers<T> complete(List<T> all) {
        return new Answers<>(all, 0, Set.of());
    }
}
