package io.collabcluster.bench.load;

import io.collabcluster.bench.load.LoadGenerator.Transport;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Many clients, each in a room. One that is refused or cut off comes back, with the delays of the official clients. */
public final class Crowd {

    private static final long LOOP_DEADLINE_SECONDS = 30;

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
            EventLoop loop = load.nextLoop();
            members.add(new Member(this, i, loop, load.tally(loop), rooms.apply(i)));
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

    /** Waits until all of them have noticed that they are cut off. @throws IllegalStateException when they have not in time */
    public void awaitCut(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (joined.get() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(joined + " clients are still connected");
            }
            Pause.millis(1);
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

    /**
     * How long each took until it was in its room, in nanoseconds: from its first attempt, or from the moment that it was
     * cut off.
     */
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
        onTheirLoops(member -> {});
    }

    /** The first members read again, and find out whether they were cut off. */
    public void resume(int count) {
        members.subList(0, count).forEach(Member::resume);
    }

    /** The first members, as far as they are connected. */
    public int joinedAmongFirst(int count) {
        return (int) members.subList(0, count).stream().filter(Member::isInRoom).count();
    }

    /** Each member sends a request as soon as it has the answer to the one before. */
    public void startRequests(int bytes) {
        onTheirLoops(member -> member.startRequests(bytes));
    }

    /** No more requests are sent. Waits for the answers to the last ones; those that do not come are counted as missing. */
    public void endRequests() {
        onTheirLoops(member -> member.requests().stop());
        long end = System.nanoTime() + RequestLoop.PATIENCE_NANOS;
        var waiting = new LongAdder();
        do {
            Pause.millis(10);
            waiting.reset();
            onTheirLoops(member -> waiting.add(member.requests().isUnderWay() ? 1 : 0));
        } while (waiting.sum() > 0 && System.nanoTime() < end);
        onTheirLoops(member -> member.requests().giveUp());
    }

    /** Counts what the members are missing, except for slow ones. @param sent messages to a room since the beginning */
    public void settle(ToLongFunction<String> sent) {
        onTheirLoops(member -> member.settle(sent));
    }

    /** Returns when every member has done it. */
    private void onTheirLoops(Consumer<Member> task) {
        List<Future<?>> tasks = new ArrayList<>();
        members.forEach(member -> tasks.add(member.loop().submit(() -> task.accept(member))));
        for (Future<?> each : tasks) {
            if (!each.awaitUninterruptibly(LOOP_DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a loop of the load generator hangs");
            }
            each.syncUninterruptibly();
        }
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
