package io.collabcluster.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** One of a crowd: a client that joins its room whenever it is connected, and connects again when it is not. */
final class Member implements Behaviour {

    private static final int FIRST_DELAY_MILLIS = 1_000;
    private static final int LONGEST_DELAY_MILLIS = 5_000;
    private static final int MOST_DOUBLINGS = 8;
    private static final long CHECK_SECONDS = 1;
    /** The id of the acknowledgement. */
    private static final long JOIN = 0;

    private final Crowd crowd;
    private final int number;
    private final EventLoop loop;
    private final String room;
    /** The number of its room's first message. */
    private final long first;

    private Client client;
    private long since;
    private int failures;
    private volatile boolean inRoom;
    private volatile boolean stalled;
    private final Tally tally;
    private final Inbox inbox;
    private final RequestLoop requests;

    Member(Crowd crowd, int number, EventLoop loop, Tally tally, String room) {
        this.crowd = crowd;
        this.number = number;
        this.loop = loop;
        this.tally = tally;
        this.inbox = new Inbox(tally);
        this.requests = new RequestLoop(tally);
        this.room = room;
        this.first = Publisher.first(Long.parseLong(room));
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
    public void delivered(Client from, long message, long latencyNanos) {
        if (!stalled) {
            inbox.take(message - first, latencyNanos);
        }
    }

    @Override
    public void altered(Client from) {
        if (!stalled) {
            inbox.takeAltered();
        }
    }

    @Override
    public void acknowledged(Client from, long id, ByteBuf in, int data, int to, long now) {
        if (inRoom || id != JOIN) {
            requests.answered(from, id, in, data, to, now);
            return;
        }
        inRoom = true;
        failures = 0;
        crowd.entered(since);
        requests.next(from);
    }

    @Override
    public void closed(Client gone) {
        boolean comesBack = !crowd.isOver() && !stalled;
        if (inRoom) {
            inRoom = false;
            since = System.nanoTime();
            crowd.left();
            if (comesBack) {
                tally.faults(Fault.CUT, 1);
                requests.giveUp();
            }
        }
        if (comesBack) {
            loop.schedule(this::connect, delay(), TimeUnit.MILLISECONDS);
        }
    }

    /** Doubles from one second to five, half more or less at random, as the official clients do. */
    private long delay() {
        int base = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures++, MOST_DOUBLINGS));
        return (long) (base * ThreadLocalRandom.current().nextDouble(0.5, 1.5));
    }

    void startRequests(int bytes) {
        requests.start(bytes);
        if (inRoom) {
            requests.next(client);
        }
        loop.scheduleAtFixedRate(this::checkRequest, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    private void checkRequest() {
        if (inRoom) {
            requests.check(client, System.nanoTime());
        }
    }

    /** On its loop, as what follows. */
    RequestLoop requests() {
        return requests;
    }

    /** Counts what is missing. @param sent messages to a room since the beginning */
    void settle(ToLongFunction<String> sent) {
        if (!stalled) {
            inbox.close(sent.applyAsLong(room));
        }
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
