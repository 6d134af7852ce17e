package io.collabcluster.engineio;

import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The server pings, the client pongs within the time-out. Its deadlines are absolute: requests check them too. */
final class Heartbeat {

    /** A timer later than this was held up by the server, which then isn't taken from the client's time. */
    private static final long STALL = TimeUnit.MILLISECONDS.toNanos(250);

    private final EventLoop loop;
    private final long interval;
    private final long timeout;
    private final BooleanSupplier unread;
    private final Runnable ping;
    private final Runnable dead;
    private long due;
    private boolean awaiting;
    private ScheduledFuture<?> timer;

    /** @param unread whether the client is not read from now, so that its pong can't arrive */
    Heartbeat(EventLoop loop, EngineOptions options, BooleanSupplier unread, Runnable ping, Runnable dead) {
        this.loop = loop;
        this.interval = options.pingInterval().toNanos();
        this.timeout = options.pingTimeout().toNanos();
        this.unread = unread;
        this.ping = ping;
        this.dead = dead;
    }

    /** Counts from now until the next ping. */
    void restart() {
        awaiting = false;
        await(System.nanoTime() + interval);
    }

    /** Whether the pong is overdue. */
    boolean expired() {
        return awaiting && System.nanoTime() - due >= 0 && !unread.getAsBoolean();
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void await(long deadline) {
        stop();
        due = deadline;
        timer = loop.schedule(this::reached, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void reached() {
        long now = System.nanoTime();
        if (!awaiting) {
            awaiting = true;
            await((now - due > STALL ? now : due) + timeout);
            ping.run();
        } else if (unread.getAsBoolean()) {
            await(now + timeout);
        } else {
            dead.run();
        }
    }
}
