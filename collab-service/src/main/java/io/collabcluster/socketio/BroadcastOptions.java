package io.collabcluster.socketio;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a broadcast is for, and how.
 *
 * @param rooms the sockets of any of these, each once; empty: all of the namespace
 * @param except but none that is in one of these
 * @param isVolatile not for sockets that are busy
 * @param local not for the other nodes
 */
public record BroadcastOptions(Set<String> rooms, Set<String> except, boolean isVolatile, boolean local) {

    public static final BroadcastOptions ALL = new BroadcastOptions(Set.of(), Set.of(), false, false);

    BroadcastOptions to(String... more) {
        return new BroadcastOptions(union(rooms, more), except, isVolatile, local);
    }

    BroadcastOptions except(String... more) {
        return new BroadcastOptions(rooms, union(except, more), isVolatile, local);
    }

    BroadcastOptions onlyLocal() {
        return new BroadcastOptions(rooms, except, isVolatile, true);
    }

    BroadcastOptions volatileOnes() {
        return new BroadcastOptions(rooms, except, true, local);
    }

    private static Set<String> union(Set<String> some, String... more) {
        if (some.isEmpty() && more.length == 1) {
            return Set.of(more[0]);
        }
        var all = new HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
