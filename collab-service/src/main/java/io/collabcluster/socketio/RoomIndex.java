package io.collabcluster.socketio;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The sockets and rooms of one namespace on one event loop; touched there only. */
final class RoomIndex {

    private final EventLoop loop;
    private final int slot;
    private final Members connected = new Members();
    private final Map<String, Members> rooms = new HashMap<>();

    /** @param slot this index's place in the directory's counts */
    RoomIndex(EventLoop loop, int slot) {
        this.loop = loop;
        this.slot = slot;
    }

    EventLoop loop() {
        return loop;
    }

    int slot() {
        return slot;
    }

    Members connected() {
        return connected;
    }

    Members.Place join(String room, Socket socket) {
        return rooms.computeIfAbsent(room, name -> new Members()).add(socket);
    }

    void leave(String room, Members.Place place) {
        Members members = rooms.get(room);
        members.remove(place);
        if (members.size() == 0) {
            rooms.remove(room);
        }
    }

    /** Visits every connected socket that a broadcast is for, once. */
    void select(BroadcastOptions options, Consumer<Socket> visitor) {
        List<String> except = present(options.except());
        Consumer<Socket> filter = socket -> {
            if (socket.connected() && !socket.memberships().any(except)) {
                visitor.accept(socket);
            }
        };
        List<String> wanted = present(options.rooms());
        if (options.rooms().isEmpty()) {
            connected.forEach(filter);
        } else if (wanted.size() == 1) {
            rooms.get(wanted.getFirst()).forEach(filter);
        } else {
            var once = new LinkedHashSet<Socket>();
            wanted.forEach(room -> rooms.get(room).forEach(once::add));
            once.forEach(filter);
        }
    }

    /** Those rooms that have a member here. */
    private List<String> present(Set<String> names) {
        var present = new ArrayList<String>(names.size());
        for (String name : names) {
            if (rooms.containsKey(name)) {
                present.add(name);
            }
        }
        return present;
    }
}
