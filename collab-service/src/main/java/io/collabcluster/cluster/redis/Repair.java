package io.collabcluster.cluster.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The way back from every loss: find the masters, connect to those that are not connected, subscribe what is not
 * subscribed, hear oneself.
 */
record Repair(ContextInternal context, Timing timing, Wires wires, Subscriptions subscriptions, Probes probes) {

    /**
     * @param opened told of each new wire
     * @param drop told of each that is of no more use
     * @return fails with a {@link RedisException}
     */
    Future<Void> run(Consumer<Wire> opened, Consumer<Wire> drop) {
        return wires.complete(opened, drop)
                .compose(_ -> subscribe().compose(_ -> prove()).onFailure(_ -> {
                    // Which of them is to blame isn't known.
                    wires.all().forEach(drop);
                }));
    }

    private Future<Void> subscribe() {
        probes.renew();
        Placement placement =
                subscriptions.place(wires::ofChannel, wires.slotted() ? Chunks.OF_ONE_SLOT : Chunks.OF_SOME);
        failWhenStuck(placement);
        return placement.done();
    }

    /** Thousands of channels take their time: as long as some are confirmed, the others are waited for. */
    private void failWhenStuck(Placement placement) {
        int left = placement.left();
        if (left > 0) {
            context.setTimer(timing.answer().toMillis(), _ -> {
                if (placement.left() < left) {
                    failWhenStuck(placement);
                } else {
                    placement.fail(RedisFault.unavailable("Redis doesn't confirm the subscriptions"));
                }
            });
        }
    }

    private Future<Void> prove() {
        Promise<Void> heard = context.promise();
        probes.prove().onComplete(heard);
        return heard.future()
                .timeout(timing.probe().toMillis() * timing.missed(), TimeUnit.MILLISECONDS)
                .recover(error -> Future.failedFuture(
                        error instanceof RedisException
                                ? error
                                : RedisFault.unavailable("what this process publishes doesn't come back to it")));
    }
}
