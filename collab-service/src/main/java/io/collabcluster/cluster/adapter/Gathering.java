package io.collabcluster.cluster.adapter;

import io.collabcluster.socketio.Answers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The answers of the other nodes to one question. Redis only tells how many nodes there are, so nodes are counted; those
 * that sign their answers are known by name as well. The number expected falls when nodes leave, and never rises: who
 * comes later was not asked.
 */
final class Gathering<T> {

    private static final int UNKNOWN = -1;

    private final CompletableFuture<Answers<T>> result = new CompletableFuture<>();
    private final Set<String> asked;
    private final List<T> all = new ArrayList<>();
    private final Set<String> signed = new HashSet<>();
    private int expected = UNKNOWN;
    private int answered;
    private int answeredBefore;

    /** @param asked the names of the other nodes, as far as they have any */
    Gathering(Set<String> asked) {
        this.asked = asked;
    }

    CompletableFuture<Answers<T>> result() {
        return result;
    }

    void answer(Optional<String> node, List<T> part) {
        synchronized (this) {
            if (node.isPresent() && !signed.add(node.get())) {
                return;
            }
            answered++;
            all.addAll(part);
        }
        check();
    }

    /** How many other nodes there are. */
    void expect(int others) {
        synchronized (this) {
            expected = others;
        }
        check();
    }

    private void check() {
        Answers<T> complete;
        synchronized (this) {
            if (expected == UNKNOWN || answered < expected) {
                return;
            }
            complete = Answers.complete(all);
        }
        result.complete(complete);
    }

    /**
     * Looks whether those that have not answered are gone. As nobody knows whether a nameless node that left had answered
     * before, the others are given one more interval.
     *
     * @param others how many there are now
     * @param named the names that there are now
     */
    void recheck(int others, Set<String> named) {
        Answers<T> complete;
        synchronized (this) {
            boolean quiet = answered == answeredBefore;
            answeredBefore = answered;
            int due = due(others, named);
            if (expected == UNKNOWN || due >= expected || !quiet || stillHere(named) < due) {
                return;
            }
            complete = Answers.complete(all);
        }
        result.complete(complete);
    }

    /** How many of those that answered may be there still. */
    private int stillHere(Set<String> named) {
        return answered - gone(signed, named);
    }

    private int gone(Set<String> names, Set<String> named) {
        return (int) names.stream()
                .filter(name -> asked.contains(name) && !named.contains(name))
                .count();
    }

    /**
     * How many are to be waited for. Redis counts a node whose host died for minutes, until it gives the connection up; but
     * its name goes with its lease. Where there were more names than nodes, the surplus had left before, and was not
     * counted.
     */
    private int due(int others, Set<String> named) {
        if (expected == UNKNOWN) {
            return others;
        }
        int uncounted = Math.max(0, asked.size() - expected);
        return Math.min(others, expected - Math.max(0, gone(asked, named) - uncounted));
    }

    /**
     * What there is, is the answer.
     *
     * @param others how many other nodes there are now, or were when that was last known
     * @param named the names that there are now
     */
    void expire(int others, Set<String> named) {
        Answers<T> partial;
        synchronized (this) {
            var missing = new HashSet<>(asked);
            missing.retainAll(named);
            missing.removeAll(signed);
            int silent = due(others, named) - stillHere(named);
            partial = new Answers<>(all, Math.max(silent, missing.size()), missing);
        }
        result.complete(partial);
    }
}
