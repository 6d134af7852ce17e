package io.collabcluster.bench.load;

import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** One of a crowd: a client that joins its room whenever it is connected, and connects again when it is not. */
final class Member implements Behaviour {

    private static final int FIRST_DELAY_MILLIS = 1_000;
    private static final int LONGEST_DELAY_MILLIS = 5_000;
    private static final int MOST_DOUBLINGS = 8;

    private final Crowd crowd;
    private final int number;
    private final EventLoop loop;
    private final String room;
    private Client client;
    private long since;
    private int failures;
    private volatile boolean inRoom;
    private volatile boolean stalled;
    private int requestBytes;

    Member(Crowd crowd, int number, EventLoop loop, String room) {
        this.crowd = crowd;
        this.number = number;
        this.loop = loop;
        this.room = room;
    }

    int number() {
        return number;
    }

    EventLoop loop() {
        return loop;
    }

    boolean isInRoom() {
        return inRoom;
    }

    /** Any thread, where it is not connected. */
    void connect() {
        loop.execute(() -> {
            if (since == 0) {
                since = System.nanoTime();
            }
            crowd.connect(this);
        });
    }

    @Override
    public void ready(Client ready) {
        client = ready;
        ready.join(room);
    }

    @Override
    public void acknowledged(Client from) {
        if (!inRoom) {
            inRoom = true;
            failures = 0;
            crowd.entered(since);
        } else if (requestBytes > 0) {
            from.request(requestBytes);
        }
    }

    @Override
    public void closed(Client gone) {
        if (inRoom) {
            inRoom = false;
            since = 0;
            crowd.left();
        }
        if (!crowd.isOver() && !stalled) {
            loop.schedule(this::connect, delay(), TimeUnit.MILLISECONDS);
        }
    }

    /** Doubles from one second to five, half more or less at random, as the official clients do. */
    private long delay() {
        int base = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures++, MOST_DOUBLINGS));
        return (long) (base * ThreadLocalRandom.current().nextDouble(0.5, 1.5));
    }

    void startRequests(int bytes) {
        loop.execute(() -> {
            requestBytes = bytes;
            client.request(bytes);
        });
    }

    void stall() {
        stalled = true;
        loop.execute(() -> client.reading(false));
    }

    void resume() {
        loop.execute(() -> client.reading(true));
    }

    void leave() {
        loop.execute(() -> {
            if (client != null) {
                client.close();
            }
        });
    }
}
