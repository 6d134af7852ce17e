package io.collabcluster.socketio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The rooms that one socket is in. Joins and leaves may be asked for on any thread; they happen on its loop. */
final class Memberships {

    private final Socket socket;
    private final Rooms rooms;
    private final RoomIndex index;
    private final int limit;
    private final Map<String, Members.Place> places = new HashMap<>(4);
    private boolean closed;

    Memberships(Socket socket, Rooms rooms, RoomIndex index, int limit) {
        this.socket = socket;
        this.rooms = rooms;
        this.index = index;
        this.limit = limit;
    }

    CompletionStage<Void> join(String room) {
        rooms.announce(room, index);
        Runnable task = () -> {
            boolean joined = false;
            try {
                joined = joinHere(room);
            } finally {
                if (!joined) {
                    rooms.retract(room, index);
                }
            }
        };
        return LoopTasks.complete(socket.loop(), task, () -> rooms.retract(room, index));
    }

    private boolean joinHere(String room) {
        if (closed) {
            throw new SocketGone(socket.id());
        }
        if (places.containsKey(room)) {
            return false;
        }
        if (places.size() >= limit) {
            throw new JoinRefused(room, limit);
        }
        places.put(room, index.join(room, socket));
        return true;
    }

    CompletionStage<Void> leave(String room) {
        Runnable task = () -> {
            Members.Place place = places.remove(room);
            if (place != null) {
                index.leave(room, place);
                rooms.retract(room, index);
            }
        };
        return LoopTasks.complete(socket.loop(), task, () -> {});
    }

    /** The end: leaves all, and refuses further joins. */
    void close() {
        closed = true;
        places.forEach((room, place) -> {
            index.leave(room, place);
            rooms.retract(room, index);
        });
        places.clear();
    }

    Set<String> names() {
        return Set.copyOf(places.keySet());
    }

    boolean any(List<String> names) {
        for (String name : names) {
            if (places.containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    RoomIndex index() {
        return index;
    }
}
