package io.collabcluster.bench.peer.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The rooms of one event loop, and what waits to be sent to them. One task sends everything that is waiting, so that
 * messages which come close together leave a channel in one system call.
 */
final class Outbox {

    private record Broadcast(String room, ByteBuf frame) {}

    private final EventLoop loop;
    private final Map<String, Room> rooms = new HashMap<>();
    private final Queue<Broadcast> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final List<Room> busy = new ArrayList<>();

    Outbox(EventLoop loop) {
        this.loop = loop;
    }

    /** On the loop only. */
    Room.Place join(String room, Connection connection) {
        return rooms.computeIfAbsent(room, Room::new).add(connection);
    }

    /** On the loop only. */
    void leave(Room.Place place) {
        Room room = place.room();
        room.remove(place);
        if (room.isEmpty()) {
            rooms.remove(room.name());
        }
    }

    /** Any thread. @param frame is released */
    void add(String room, ByteBuf frame) {
        waiting.add(new Broadcast(room, frame));
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            loop.execute(this::send);
        }
    }

    private void send() {
        scheduled.set(false);
        for (Broadcast next = waiting.poll(); next != null; next = waiting.poll()) {
            Room room = rooms.get(next.room());
            if (room == null) {
                next.frame().release();
            } else if (room.enqueue(next.frame())) {
                busy.add(room);
            }
        }
        busy.forEach(Room::send);
        busy.clear();
    }
}
