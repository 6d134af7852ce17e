package io.collabcluster.cluster.redis;

import io.collabcluster.cluster.redis.RedisException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Keeps the connections, with everything subscribed, and proves that they work. Touched on the bus's event loop only, but
 * for {@link #fault}.
 */
final class Link {

    private static final Logger LOG = Logger.getLogger(Link.class);

    private final ContextInternal context;
    private final Timing timing;
    private final Wires wires;
    private final Subscriptions subscriptions;
    private final Probes probes;
    private final Repair way;
    private final BackOff backOff;
    private final Consumer<Boolean> watcher;
    private final Promise<Void> first = Promise.promise();

    private volatile Optional<RedisException> fault =
            Optional.of(RedisFault.unavailable("there is no connection to Redis yet"));

    private boolean repairing;
    private boolean lostMeanwhile;
    private boolean scheduled;
    private boolean closed;
    /** Up since the tick before, at least. */
    private boolean steady;

    /** @param watcher told when it is up, and when it is not any more */
    Link(
            ContextInternal context,
            Timing timing,
            Wires wires,
            Subscriptions subscriptions,
            Names names,
            Consumer<Boolean> watcher) {
        this.context = context;
        this.timing = timing;
        this.wires = wires;
        this.subscriptions = subscriptions;
        this.watcher = watcher;
        probes = new Probes(names, wires, subscriptions, this::unproven);
        way = new Repair(context, timing, wires, subscriptions, probes);
        backOff = new BackOff(timing);
    }

    /** @return how the first attempt ends; there are more after it */
    Future<Void> start() {
        repair();
        tick();
        return first.future();
    }

    /** Empty: up. Any thread. */
    Optional<RedisException> fault() {
        return fault;
    }

    void close() {
        closed = true;
        wires.all().forEach(this::drop);
        down(RedisFault.unavailable("this process has closed its connections to Redis"));
    }

    /** Something that was sent on this wire has failed. */
    void failed(Wire wire, RedisException error) {
        switch (error.kind()) {
            case MOVED -> moved(error);
            case UNAVAILABLE -> lost(wire, error);
            case MISCONFIGURED, REFUSED -> LOG.warn(error.getMessage());
        }
    }

    private void unproven(Wire wire, RedisException error) {
        if (error.kind() == Kind.MOVED) {
            moved(error);
        } else {
            lost(wire, error);
        }
    }

    /** The masters are others than we thought. */
    void moved(RedisException error) {
        down(error);
        repairSoon();
    }

    /** A subscription was refused on this wire; which one is not said. */
    void refused(Wire wire, RedisException error) {
        subscriptions.refused(error);
        lost(wire, error);
    }

    private void lost(Wire wire, RedisException error) {
        if (drop(wire)) {
            moved(error);
        }
    }

    private boolean drop(Wire wire) {
        boolean there = wires.remove(wire);
        if (there) {
            wire.close();
            probes.forget(wire);
            subscriptions.ended(wire);
        }
        return there;
    }

    private void repairSoon() {
        if (repairing) {
            lostMeanwhile = true;
        } else if (!scheduled && !closed) {
            scheduled = true;
            context.setTimer(backOff.delay(), _ -> {
                scheduled = false;
                repair();
            });
        }
    }

    private void repair() {
        if (closed) {
            return;
        }
        repairing = true;
        lostMeanwhile = false;
        Future.succeededFuture()
                .compose(_ -> way.run(this::opened, this::drop))
                .onComplete(done -> repaired(Optional.ofNullable(done.cause()).map(Link::explained)));
    }

    /** Whatever it is that Redis, or this code, has come up with: it is tried again. */
    private static RedisException explained(Throwable error) {
        return error instanceof RedisException known
                ? known
                : RedisFault.unavailable("the connections to Redis could not be set up: " + error, error);
    }

    private void opened(Wire wire) {
        wire.listen(new Reception(wire, subscriptions, this), error -> lost(wire, error));
    }

    private void repaired(Optional<RedisException> failure) {
        repairing = false;
        if (closed) {
            wires.all().forEach(this::drop);
        } else if (failure.isPresent() || lostMeanwhile) {
            backOff.failed();
            failure.ifPresent(error -> {
                fault = failure;
                first.tryFail(error);
            });
            repairSoon();
        } else {
            fault = Optional.empty();
            steady = false;
            backOff.up();
            first.tryComplete();
            watcher.accept(true);
        }
    }

    private void down(RedisException error) {
        boolean wasUp = fault.isEmpty();
        fault = Optional.of(error);
        subscriptions.lost();
        if (wasUp) {
            if (!closed) {
                LOG.infof("Redis is lost: %s", error.getMessage());
            }
            watcher.accept(false);
        }
    }

    private void tick() {
        if (closed) {
            return;
        }
        if (fault.isEmpty()) {
            probes.send(timing.missed());
        }
        if (fault.isEmpty() && steady) {
            backOff.steady();
        }
        steady = fault.isEmpty();
        context.setTimer(timing.probe().toMillis(), _ -> tick());
    }
}
