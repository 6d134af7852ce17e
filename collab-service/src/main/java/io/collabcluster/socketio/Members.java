package io.collabcluster.socketio;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The sockets of one room on one event loop, packed in an array: adding and removing cost O(1), and a broadcast walks
 * straight through memory. The array is copied only when somebody comes or goes while it is being walked.
 */
final class Members {

    private static final int SMALLEST = 2;

    private Place[] places = new Place[SMALLEST];
    private int size;
    private int walkers;

    /** Where a socket stands, so that it is found when it leaves. */
    static final class Place {
        private final Socket socket;
        private int index;

        private Place(Socket socket, int index) {
            this.socket = socket;
            this.index = index;
        }
    }

    Place add(Socket socket) {
        beforeChange();
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
        }
        var place = new Place(socket, size);
        places[size++] = place;
        return place;
    }

    void remove(Place place) {
        beforeChange();
        Place last = places[--size];
        places[size] = null;
        if (last != place) {
            last.index = place.index;
            places[last.index] = last;
        }
        if (places.length > SMALLEST && size < places.length / 4) {
            places = Arrays.copyOf(places, places.length / 2);
        }
    }

    int size() {
        return size;
    }

    /** Those who come meanwhile are left out; those who go meanwhile are still visited. */
    void forEach(Consumer<Socket> visitor) {
        Place[] walked = places;
        int count = size;
        walkers++;
        try {
            for (int i = 0; i < count; i++) {
                visitor.accept(walked[i].socket);
            }
        } finally {
            if (places == walked) {
                walkers--;
            }
        }
    }

    private void beforeChange() {
        if (walkers > 0) {
            places = places.clone();
            walkers = 0;
        }
    }
}
