package io.collabcluster.socketio;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rooms of a namespace on this node: an index per event loop, and a directory of the loops where a room has
 * members, so that a broadcast wakes no other. A join is announced in the directory by the thread that asks for it,
 * before it takes effect on the socket's loop: what the same thread broadcasts next finds the loop.
 */
final class Rooms {

    /** Is told when the first member of a room is announced, and when the last has left; in order for each room. */
    interface Watcher {
        void created(String room);

        void deleted(String room);
    }

    private final Watcher watcher;
    private final ConcurrentHashMap<String, Presence> directory = new ConcurrentHashMap<>();
    private volatile RoomIndex[] indexes = {};

    Rooms(Watcher watcher) {
        this.watcher = watcher;
    }

    /** How many members a room has on each loop, announced ones included. Written under the directory's lock. */
    private static final class Presence {
        private int[] counts = {};
        private int total;

        void add(int slot, int change) {
            if (slot >= counts.length) {
                counts = Arrays.copyOf(counts, slot + 1);
            }
            counts[slot] += change;
            total += change;
        }

        boolean at(int slot) {
            int[] seen = counts;
            return slot < seen.length && seen[slot] > 0;
        }
    }

    /** The index of a loop, made when there is none. */
    RoomIndex index(EventLoop loop) {
        for (RoomIndex index : indexes) {
            if (index.loop() == loop) {
                return index;
            }
        }
        synchronized (this) {
            for (RoomIndex index : indexes) {
                if (index.loop() == loop) {
                    return index;
                }
            }
            var index = new RoomIndex(loop, indexes.length);
            RoomIndex[] more = Arrays.copyOf(indexes, indexes.length + 1);
            more[index.slot()] = index;
            indexes = more;
            return index;
        }
    }

    void announce(String room, RoomIndex at) {
        directory.compute(room, (name, known) -> {
            Presence presence = known;
            if (presence == null) {
                presence = new Presence();
                watcher.created(name);
            }
            presence.add(at.slot(), 1);
            return presence;
        });
    }

    void retract(String room, RoomIndex at) {
        directory.computeIfPresent(room, (name, presence) -> {
            presence.add(at.slot(), -1);
            if (presence.total > 0) {
                return presence;
            }
            watcher.deleted(name);
            return null;
        });
    }

    List<RoomIndex> all() {
        return List.of(indexes);
    }

    /** The loops that have, or soon will have, members of any of the rooms; all loops when no room is given. */
    List<RoomIndex> holding(Set<String> rooms) {
        RoomIndex[] known = indexes;
        if (rooms.isEmpty()) {
            return List.of(known);
        }
        var holding = new ArrayList<RoomIndex>(known.length);
        for (RoomIndex index : known) {
            if (anyAt(rooms, index.slot())) {
                holding.add(index);
            }
        }
        return holding;
    }

    private boolean anyAt(Set<String> rooms, int slot) {
        for (String room : rooms) {
            Presence presence = directory.get(room);
            if (presence != null && presence.at(slot)) {
                return true;
            }
        }
        return false;
    }

    boolean contains(String room) {
        return directory.containsKey(room);
    }

    Set<String> names() {
        return Set.copyOf(directory.keySet());
    }

    int size() {
        return directory.size();
    }
}
