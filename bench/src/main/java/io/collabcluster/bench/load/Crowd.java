package io.collabcluster.bench.load;

import io.collabcluster.bench.load.LoadGenerator.Transport;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Many clients, each in a room. One that is refused or cut off comes back, with the delays of the official clients. */
public final class Crowd {

    private static final int FIRST_DELAY_MILLIS = 1_000;
    private static final int LONGEST_DELAY_MILLIS = 5_000;

    private final LoadGenerator load;
    private final List<InetSocketAddress> addresses;
    private final Transport transport;
    private final IntFunction<String> rooms;
    private final List<Member> members = new ArrayList<>();
    private final AtomicInteger joined = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();
    private final Histogram joining = new ConcurrentHistogram(Tally.LONGEST_NANOS, Tally.DIGITS);
    private volatile boolean over;

    /**
     * @param addresses the servers, taken in turns
     * @param rooms the room of each member, by its number from 0
     */
    public Crowd(
            LoadGenerator load, List<InetSocketAddress> addresses, Transport transport, IntFunction<String> rooms) {
        this.load = load;
        this.addresses = addresses;
        this.transport = transport;
        this.rooms = rooms;
    }

    /**
     * Opens more members, and waits until they are in their rooms.
     *
     * @param atOnce how many may be on their way at a time
     * @throws IllegalStateException when not all are there in time
     */
    public void grow(int size, int atOnce, Duration deadline) {
        int before = members.size();
        for (int i = before; i < size; i++) {
            members.add(new Member(i, load.nextLoop()));
        }
        next.set(before);
        for (int i = 0; i < Math.min(atOnce, size - before); i++) {
            connectNext();
        }
        awaitJoined(size, deadline);
    }

    private void connectNext() {
        int number = next.getAndIncrement();
        if (number < members.size()) {
            members.get(number).connect();
        }
    }

    /** Waits until as many are in their rooms. @throws IllegalStateException when they are not in time */
    public void awaitJoined(int size, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (joined.get() < size) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("only " + joined + " of " + size + " clients are connected after "
                        + deadline.toSeconds() + " s and " + attempts + " attempts");
            }
            Pause.millis(2);
        }
    }

    /** Members that are in their rooms now. */
    public int joined() {
        return joined.get();
    }

    /** Attempts to connect since the start, or since {@link #forgetJoining}. */
    public int attempts() {
        return attempts.get();
    }

    /** How long each took from its first attempt until it was in its room, in nanoseconds. */
    public Histogram joining() {
        return joining;
    }

    public void forgetJoining() {
        joining.reset();
        attempts.set(0);
    }

    /** The first members stop reading: slow consumers, who do not come back when they are cut off. */
    public void stall(int count) {
        members.subList(0, count).forEach(Member::stall);
    }

    /** The first members read again, and find out whether they were cut off. */
    public void resume(int count) {
        members.subList(0, count).forEach(Member::resume);
    }

    /** The first members, as far as they are connected. */
    public int joinedAmongFirst(int count) {
        return (int) members.subList(0, count).stream()
                .filter(member -> member.inRoom)
                .count();
    }

    /** Each member asks for an acknowledgement as soon as it has the one before. */
    public void startRequests(int bytes) {
        members.forEach(member -> member.startRequests(bytes));
    }

    public void stopRequests() {
        members.forEach(member -> member.requestBytes = 0);
    }

    /** Closes all connections; nobody comes back. */
    public void disperse() {
        over = true;
        members.forEach(Member::leave);
    }

    private final class Member implements Behaviour {

        private final int number;
        private final EventLoop loop;
        private Client client;
        private long since;
        private int failures;
        private volatile boolean inRoom;
        private volatile boolean stalled;
        private volatile int requestBytes;

        Member(int number, EventLoop loop) {
            this.number = number;
            this.loop = loop;
        }

        void connect() {
            if (since == 0) {
                since = System.nanoTime();
            }
            attempts.incrementAndGet();
            load.open(loop, addresses.get(number % addresses.size()), transport, this);
        }

        @Override
        public void ready(Client ready) {
            client = ready;
            ready.join(rooms.apply(number));
        }

        @Override
        public void acknowledged(Client from) {
            if (!inRoom) {
                inRoom = true;
                failures = 0;
                joining.recordValue(Math.min(System.nanoTime() - since, Tally.LONGEST_NANOS));
                joined.incrementAndGet();
                connectNext();
            } else if (requestBytes > 0) {
                from.request(requestBytes);
            }
        }

        @Override
        public void closed(Client gone) {
            if (inRoom) {
                inRoom = false;
                since = 0;
                joined.decrementAndGet();
            }
            if (!over && !stalled) {
                loop.schedule(this::connect, delay(), TimeUnit.MILLISECONDS);
            }
        }

        /** Doubles from one second to five, half more or less at random. */
        private long delay() {
            long base = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures++, 8));
            return (long) (base * ThreadLocalRandom.current().nextDouble(0.5, 1.5));
        }

        void startRequests(int bytes) {
            requestBytes = bytes;
            loop.execute(() -> client.request(bytes));
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
}
