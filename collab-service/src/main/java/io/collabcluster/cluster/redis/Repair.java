package io.collabcluster.cluster.redis;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The way back from every loss: find the masters, connect to those that are not connected, subscribe what is not
 * subscribed, hear oneself.
 */
record Repair(Timing timing, Wires wires, Subscriptions subscriptions, Probes probes) {

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
        return within(
                subscriptions.place(wires::ofChannel, wires.slotted() ? Chunks.OF_ONE_SLOT : Chunks.OF_SOME),
                timing.answer().toMillis(),
                "Redis doesn't confirm the subscriptions");
    }

    private Future<Void> prove() {
        return within(
                probes.prove(),
                timing.probe().toMillis() * timing.missed(),
                "what this process publishes doesn't come back to it");
    }

    private static Future<Void> within(Future<Void> step, long millis, String otherwise) {
        return step.timeout(millis, TimeUnit.MILLISECONDS)
                .recover(error -> Future.failedFuture(
                        error instanceof RedisException ? error : RedisFault.unavailable(otherwise)));
    }
}
