package io.collabcluster.bench.load;

import io.collabcluster.bench.load.LoadGenerator.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Many clients, each in a room. One that is refused or cut off comes back, with the delays of the official clients. */
public final class Crowd {

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
            members.add(new Member(this, i, load.nextLoop(), rooms.apply(i)));
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
        return (int) members.subList(0, count).stream().filter(Member::isInRoom).count();
    }

    /** Each member asks for an acknowledgement as soon as it has the one before. */
    public void startRequests(int bytes) {
        members.forEach(member -> member.startRequests(bytes));
    }

    /** Closes all connections; nobody comes back. */
    public void disperse() {
        over = true;
        members.forEach(Member::leave);
    }

    void connect(Member member) {
        attempts.incrementAndGet();
        load.open(member.loop(), addresses.get(member.number() % addresses.size()), transport, member);
    }

    void entered(long sinceNanos) {
        joining.recordValue(Math.min(System.nanoTime() - sinceNanos, Tally.LONGEST_NANOS));
        joined.incrementAndGet();
        connectNext();
    }

    void left() {
        joined.decrementAndGet();
    }

    boolean isOver() {
        return over;
    }
}
