package io.collabcluster.status;

import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.Session;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * The orderly end of a node. It is not ready and admits no new session, tells the sockets, and closes the sessions
 * spread over the window, so that their clients do not all reconnect at once; REST calls that are in flight are
 * finished, and so are requests and WebSockets of other nodes' sessions. Ends as soon as nobody is left, and with the window at the latest. The HTTP server must serve meanwhile:
 * run it on Quarkus' {@code ShutdownDelayInitiatedEvent}, which {@code quarkus.shutdown.delay-enabled} has fired before
 * anything is closed, and which waits for its observers.
 */
public final class Drain {

    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final long LOOK_AGAIN_MILLIS = 20;
    /** For what is closed at the end of the window to be told so. */
    private static final Duration GOODBYES = Duration.ofSeconds(1);

    /** The sessions of this node, of all its engines. */
    public interface Clients {
        /** Open sessions. Any thread. */
        int open();

        /** Runs the consumer for every session on its own event loop. */
        void forEach(Consumer<Session> consumer);

        /** Closes what is left. */
        void close(CloseReason reason);
    }

    private final Vertx vertx;
    private final NodeStatus status;
    private final Clients clients;
    private final IntSupplier restCallsInFlight;
    private final IntSupplier forwarded;
    private final Consumer<Duration> announcement;
    private final Duration window;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    /**
     * @param forwarded what is on its way through this node to others
     * @param announcement tells every socket that it will be closed within the window: {@code server:draining}
     */
    public Drain(
            Vertx vertx,
            NodeStatus status,
            Clients clients,
            IntSupplier restCallsInFlight,
            IntSupplier forwarded,
            Consumer<Duration> announcement,
            Duration window) {
        this.vertx = vertx;
        this.status = status;
        this.clients = clients;
        this.restCallsInFlight = restCallsInFlight;
        this.forwarded = forwarded;
        this.announcement = announcement;
        this.window = window;
    }

    /** Drains, and returns when that is done: after the window at the latest. Not on an event loop. */
    public void run() {
        try {
            begin().get(window.toMillis() + 5_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Draining did not end in time: the node stops now", e);
        }
        status.stopped();
    }

    /** Begins, once; completes when nobody is left or the window has ended. */
    public CompletableFuture<Void> begin() {
        if (!begun.compareAndSet(false, true)) {
            return drained;
        }
        status.draining();
        int sessions = clients.open();
        if (left() == 0) {
            drained.complete(null);
            return drained;
        }
        LOG.infof("Draining: %d sessions are closed within %d s", sessions, window.toSeconds());
        long deadline = System.nanoTime() + window.toNanos();
        announce();
        closeOneByOne(sessions);
        vertx.setPeriodic(LOOK_AGAIN_MILLIS, timer -> look(timer, deadline));
        return drained;
    }

    private void announce() {
        try {
            announcement.accept(window);
        } catch (RuntimeException e) {
            LOG.warn("Sockets could not be told that the node drains", e);
        }
    }

    private void closeOneByOne(int sessions) {
        var closing = new SpreadClosing(window, sessions);
        var turn = new AtomicInteger();
        clients.forEach(session -> closing.close(session, turn.incrementAndGet()));
    }

    private void look(long timer, long deadline) {
        long late = System.nanoTime() - deadline;
        if (left() > 0 && late < 0) {
            return;
        }
        if (left() > 0 && closing.compareAndSet(false, true)) {
            LOG.infof(
                    "The drain window has ended with %d sessions, %d REST calls and %d forwarded requests left",
                    clients.open(), restCallsInFlight.getAsInt(), forwarded.getAsInt());
            clients.close(CloseReason.SERVER_SHUTTING_DOWN);
        }
        if (left() == 0 || late >= GOODBYES.toNanos()) {
            vertx.cancelTimer(timer);
            drained.complete(null);
        }
    }

    private int left() {
        return clients.open() + restCallsInFlight.getAsInt() + forwarded.getAsInt();
    }
}
