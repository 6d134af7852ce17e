package io.collabcluster.collab.topic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts the changes of one topic into order: each is delivered once, when its predecessor was. Belongs to the feed's
 * thread.
 */
final class OrderedChanges {

    static final long UNKNOWN = -1;

    /** Changes held back while a predecessor is missing; those further ahead are read again. */
    private static final int HELD = 256;

    /** Changes kept for a subscriber whose page was read a moment ago. */
    private static final int RECENT = 64;

    private final TopicRoom room;
    private final TreeMap<Long, TopicChange> held = new TreeMap<>();
    private final Deque<TopicChange> recent = new ArrayDeque<>();
    private volatile long delivered = UNKNOWN;

    OrderedChanges(TopicRoom room) {
        this.room = room;
    }

    /** The last number that was delivered; {@link #UNKNOWN} before the first subscriber's page is there. Any thread. */
    long delivered() {
        return delivered;
    }

    boolean begun() {
        return delivered != UNKNOWN;
    }

    /** Everything up to this number is with the subscribers already. */
    void begin(long number) {
        delivered = number;
        held.headMap(number, true).clear();
        deliver();
    }

    void accept(TopicChange change) {
        if (begun() && change.sequence() <= delivered) {
            return;
        }
        held.putIfAbsent(change.sequence(), change);
        if (begun()) {
            deliver();
        }
        if (held.size() > HELD) {
            held.pollLastEntry();
        }
    }

    private void deliver() {
        for (var next = held.remove(delivered + 1); next != null; next = held.remove(delivered + 1)) {
            delivered = next.sequence();
            if (recent.size() == RECENT) {
                recent.removeFirst();
            }
            recent.addLast(next);
            room.deliver(next);
        }
    }

    /** Whether another change was delivered under this number, as far as it is remembered. */
    boolean contradicts(TopicChange change) {
        return recent.stream()
                .anyMatch(known -> known.sequence() == change.sequence()
                        && !(known.event().equals(change.event())
                                && known.subject().equals(change.subject())));
    }

    /** There is nothing behind this number. */
    void forgetBehind(long number) {
        held.tailMap(number, false).clear();
    }

    /** What was delivered behind a number; empty when that is too long ago. */
    Optional<List<TopicChange>> since(long number) {
        long missing = delivered - number;
        return missing > recent.size()
                ? Optional.empty()
                : Optional.of(recent.stream().skip(recent.size() - missing).toList());
    }
}
