package io.collabcluster.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * One more client, in no room, which has rooms of equal size sent messages in turns: at a rate, or as fast as a bounded
 * number of messages that not everybody has yet allows.
 */
public final class Publisher {

    /** What the data of a message are filled with, behind their stamps. */
    public static final byte FILLING = Payload.FILLING;

    /** Bytes of a message's data before the filling. */
    public static final int STAMPS = Payload.STAMPS;

    /** Between the first numbers of two rooms. */
    private static final int DISTANCE_BITS = 32;

    private static final long CONNECT_SECONDS = 20;
    private static final long POLL_NANOS = 100_000;
    /** Far behind its rate, it waits for the server instead of filling its memory. */
    private static final int BEHIND_LIMIT = 64;

    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** When nothing has arrived for so long, nothing will. */
    private static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final LoadGenerator load;
    private final Client client;
    private final int rooms;
    private final int members;
    private long published;
    /** What was published, and counted, when the last round was settled. */
    private long publishedBefore;

    private long countBefore;

    /** @param members of each of the rooms, which are named by their numbers from 0 */
    public Publisher(LoadGenerator load, InetSocketAddress address, int rooms, int members) {
        this.load = load;
        this.client = connect(load, address);
        this.rooms = rooms;
        this.members = members;
        this.countBefore = load.count();
    }

    private static Client connect(LoadGenerator load, InetSocketAddress address) {
        var connected = new CompletableFuture<Client>();
        load.open(address, LoadGenerator.Transport.WEBSOCKET, new Behaviour() {
            @Override
            public void ready(Client client) {
                connected.complete(client);
            }

            @Override
            public void closed(Client client) {
                connected.completeExceptionally(new IllegalStateException("the publisher's connection is closed"));
            }
        });
        try {
            return connected.get(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the publisher can't connect: " + e, e);
        }
    }

    /**
     * Publishes evenly; each message's time stamp is the moment that it was due, so that one who waits for a slow server
     * is counted as waiting.
     *
     * @param perSecond of all rooms together
     * @return messages published, fewer than asked for when the server falls behind
     */
    public long steady(double perSecond, Duration duration, int bytes) {
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        double interval = 1e9 / perSecond;
        for (long i = 0; ; i++) {
            long due = begin + (long) (i * interval);
            if (due >= end) {
                // The last message has its share of the time, too.
                Pause.until(end);
                return i;
            }
            Pause.until(due);
            if (!awaitWindow(Math.max(BEHIND_LIMIT, (int) perSecond / 4), end)) {
                return i;
            }
            publish(due, bytes);
        }
    }

    /** Publishes with as many messages in flight, until the time is over or as many are published. */
    public long flood(int window, long most, Duration duration, int bytes) {
        long end = System.nanoTime() + duration.toNanos();
        long i = 0;
        while (i < most && awaitWindow(window, end)) {
            publish(System.nanoTime(), bytes);
            i++;
        }
        return i;
    }

    private boolean awaitWindow(int window, long end) {
        while (inFlight() >= window) {
            if (System.nanoTime() > end) {
                return false;
            }
            Pause.until(System.nanoTime() + POLL_NANOS);
        }
        return System.nanoTime() < end;
    }

    /** The number of a room's first message. No two rooms have messages of the same number. */
    static long first(long room) {
        return room << DISTANCE_BITS;
    }

    /** Messages that not everybody has yet. */
    private long inFlight() {
        return published - publishedBefore - (load.count() - countBefore) / members;
    }

    private void publish(long nanos, int bytes) {
        if (!client.isReady()) {
            throw new IllegalStateException("the publisher was cut off");
        }
        int room = (int) (published % rooms);
        client.publish(String.valueOf(room), nanos, first(room) + published / rooms, bytes);
        published++;
    }

    /**
     * Waits until everything has arrived, or nothing does any more, and has what is missing counted.
     *
     * @param stopped told the time of the last arrival, whenever nothing has arrived for a while, and at the end
     */
    public void drain(Crowd crowd, LongConsumer stopped) {
        long begin = System.nanoTime();
        long last = begin;
        long seen = load.count();
        boolean told = false;
        for (long now = begin; missing() > 0 && now - begin < DRAIN_NANOS && now - last < STANDSTILL_NANOS; ) {
            Pause.millis(1);
            now = System.nanoTime();
            if (load.count() != seen) {
                seen = load.count();
                last = now;
                told = false;
            } else if (!told && now - last > PAUSE_NANOS) {
                stopped.accept(last);
                told = true;
            }
        }
        if (!told) {
            stopped.accept(missing() > 0 ? last : System.nanoTime());
        }
        crowd.settle(this::sent);
        publishedBefore = published;
        countBefore = load.count();
    }

    private long missing() {
        return (published - publishedBefore) * members - (load.count() - countBefore);
    }

    /** Messages to a room since the beginning, whose numbers count up from its first. None to a room that is not among its own. */
    private long sent(String room) {
        int number = Integer.parseInt(room);
        return number < rooms ? published / rooms + (number < published % rooms ? 1 : 0) : 0;
    }
}
