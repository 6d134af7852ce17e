package io.collabcluster.bench.peer.netty;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The members of a room on one event loop, and the frames that wait for them. */
final class Room {

    /** A member's place in the list, which changes when another leaves. */
    static final class Place {

        private final Room room;
        private final Connection connection;
        private int index;

        private Place(Room room, Connection connection, int index) {
            this.room = room;
            this.connection = connection;
            this.index = index;
        }

        Room room() {
            return room;
        }
    }

    private final String name;
    private final List<Place> places = new ArrayList<>();
    private final List<ByteBuf> frames = new ArrayList<>();

    Room(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    Place add(Connection connection) {
        var place = new Place(this, connection, places.size());
        places.add(place);
        return place;
    }

    /** The last one takes its place. */
    void remove(Place place) {
        Place last = places.removeLast();
        if (last != place) {
            last.index = place.index;
            places.set(last.index, last);
        }
    }

    /** @return whether it is the first that waits */
    boolean enqueue(ByteBuf frame) {
        frames.add(frame);
        return frames.size() == 1;
    }

    void send() {
        for (Place place : places) {
            place.connection.send(frames);
        }
        frames.forEach(ByteBuf::release);
        frames.clear();
    }
}
