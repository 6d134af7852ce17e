package io.collabcluster.cluster.adapter;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The rooms that this node lately had sockets of other nodes join. Those nodes subscribe to the room's channel when they
 * get the request, so what follows it at once would pass them by; until they are sure to hear it, it goes by the
 * channel that all hear, behind the request.
 */
final class RecentJoins {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MOST = 10_000;

    private final Map<String, Long> until = new ConcurrentHashMap<>();

    void add(Set<String> rooms) {
        long now = System.nanoTime();
        if (until.size() + rooms.size() > MOST) {
            until.values().removeIf(end -> end - now < 0);
        }
        for (String room : rooms) {
            if (until.size() < MOST) {
                until.put(room, now + NANOS);
            }
        }
    }

    boolean contains(Set<String> rooms) {
        if (until.isEmpty() || rooms.size() != 1) {
            return false;
        }
        String room = rooms.iterator().next();
        Long end = until.get(room);
        if (end == null) {
            return false;
        }
        if (end - System.nanoTime() < 0) {
            until.remove(room, end);
            return false;
        }
        return true;
    }
}
