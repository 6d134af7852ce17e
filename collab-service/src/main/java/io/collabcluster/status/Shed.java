package io.collabcluster.status;

import io.collabcluster.engineio.Admission;
import io.collabcluster.engineio.Handshake;
import io.collabcluster.engineio.Session;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Closes some of the sessions, chosen at random, spread over a window, so that their clients go to other nodes: for after
 * one was added. While the window lasts, a new session is refused as long as this node has more than its share of the
 * cluster's connections: a balancer knows nothing of it, and would send the same clients straight back.
 */
public final class Shed implements Admission {

    private static final Logger LOG = Logger.getLogger(Shed.class);

    private final Drain.Clients clients;
    private final BooleanSupplier crowded;
    private final BiConsumer<Session, Duration> announcement;
    private final Duration window;
    /** {@link System#nanoTime}; long ago: none. */
    private final AtomicLong ends;

    /**
     * @param crowded whether this node has more than its share; any thread, and cheap
     * @param announcement tells the sockets of a session, on its loop, that it will be closed within the window
     */
    public Shed(
            Drain.Clients clients,
            BooleanSupplier crowded,
            BiConsumer<Session, Duration> announcement,
            Duration window) {
        this.clients = clients;
        this.crowded = crowded;
        this.announcement = announcement;
        this.window = window;
        this.ends = new AtomicLong(System.nanoTime());
    }

    /** What is left of the window; empty: nothing is being shed. */
    Optional<Duration> underWay() {
        long left = ends.get() - System.nanoTime();
        return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }

    Duration window() {
        return window;
    }

    int open() {
        return clients.open();
    }

    /** @return false: the last one is not over yet */
    boolean begin(int count) {
        long now = System.nanoTime();
        long last = ends.get();
        if (last - now > 0 || !ends.compareAndSet(last, now + window.toNanos())) {
            return false;
        }
        int open = clients.open();
        LOG.infof("Shedding %d of %d sessions within %d s", count, open, window.toSeconds());
        BitSet chosen = choose(count, open);
        var closing = new SpreadClosing(window, count);
        var index = new AtomicInteger();
        var turn = new AtomicInteger();
        clients.forEach(session -> {
            if (chosen.get(index.getAndIncrement())) {
                announce(session);
                closing.close(session, turn.incrementAndGet());
            }
        });
        return true;
    }

    private void announce(Session session) {
        try {
            announcement.accept(session, window);
        } catch (RuntimeException e) {
            LOG.warnf(e, "The sockets of session %s could not be told that it is closed", session.id());
        }
    }

    /** So many of the numbers below {@code all}, each as likely as the others (R. Floyd, CACM 30:9). */
    static BitSet choose(int count, int all) {
        var chosen = new BitSet(all);
        for (int next = Math.max(0, all - count); next < all; next++) {
            int candidate = ThreadLocalRandom.current().nextInt(next + 1);
            chosen.set(chosen.get(candidate) ? next : candidate);
        }
        return chosen;
    }

    @Override
    public Optional<Refusal> refuse(Handshake handshake) {
        return underWay()
                .filter(_ -> crowded.getAsBoolean())
                .map(left -> new Refusal(
                        503,
                        "The node has more than its share of the connections: another one has room",
                        Optional.of(left)));
    }
}
