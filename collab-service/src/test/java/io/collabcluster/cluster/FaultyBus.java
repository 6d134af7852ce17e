package io.collabcluster.cluster;

import io.collabcluster.cluster.redis.Bus;
import io.vertx.core.buffer.Buffer;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A bus that loses, repeats and delays some of what it hears. */
public final class FaultyBus implements Bus, AutoCloseable {

    private final Bus bus;
    private final Random random;
    private final ScheduledExecutorService late = Executors.newSingleThreadScheduledExecutor();
    private volatile double faulty;

    public FaultyBus(Bus bus, long seed) {
        this.bus = bus;
        random = new Random(seed);
    }

    /** @param part of 1: of the messages, so many are lost, as many repeated, and as many late */
    public void faulty(double part) {
        faulty = part;
    }

    @Override
    public boolean publish(String channel, Buffer message) {
        return bus.publish(channel, message);
    }

    @Override
    public Subscription subscribe(String channel, Listener listener) {
        return bus.subscribe(channel, message -> {
            double dice = random.nextDouble();
            if (dice < faulty) {
                return;
            }
            if (dice < 3 * faulty) {
                late.schedule(() -> listener.message(message), 1 + random.nextInt(30), TimeUnit.MILLISECONDS);
            }
            if (dice >= 2 * faulty) {
                listener.message(message);
            }
        });
    }

    @Override
    public CompletionStage<Integer> subscribers(String channel) {
        return bus.subscribers(channel);
    }

    @Override
    public boolean isUp() {
        return bus.isUp();
    }

    @Override
    public void watch(Watcher watcher) {
        bus.watch(watcher);
    }

    @Override
    public void close() {
        late.shutdownNow();
    }
}
