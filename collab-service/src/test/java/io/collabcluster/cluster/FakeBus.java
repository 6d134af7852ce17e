package io.collabcluster.cluster;

import io.collabcluster.cluster.redis.Bus;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One node's end of a bus in memory, whose network loses, repeats and delays messages as a test says. */
public final class FakeBus implements Bus {

    /** What connects the nodes. Messages arrive on its thread. */
    public static final class Network implements AutoCloseable {

        private final ScheduledExecutorService wire = Executors.newSingleThreadScheduledExecutor();
        private final Map<String, List<Ear>> ears = new ConcurrentHashMap<>();
        private Random random = new Random(0);
        private double lost;
        private double repeated;
        private double delayed;

        /** Of the messages to come, for each receiver: so many parts of 1. */
        public void faults(long seed, double lose, double repeat, double delay) {
            later(() -> {
                random = new Random(seed);
                lost = lose;
                repeated = repeat;
                delayed = delay;
            });
        }

        public FakeBus bus() {
            return new FakeBus(this);
        }

        public Set<String> channels() {
            return Set.copyOf(ears.keySet());
        }

        private CompletableFuture<Void> later(Runnable task) {
            return CompletableFuture.runAsync(task, wire);
        }

        private void send(String channel, Buffer message) {
            for (Ear ear : ears.getOrDefault(channel, List.of())) {
                double dice = random.nextDouble();
                if (dice < lost) {
                    continue;
                }
                ear.hear(message);
                if (dice < lost + repeated) {
                    ear.hear(message);
                }
            }
        }

        private void publish(String channel, Buffer message) {
            later(() -> {
                if (random.nextDouble() < delayed) {
                    wire.schedule(() -> send(channel, message), 1 + random.nextInt(20), TimeUnit.MILLISECONDS);
                } else {
                    send(channel, message);
                }
            });
        }

        @Override
        public void close() {
            wire.shutdownNow();
        }
    }

    private record Ear(FakeBus bus, Listener listener) {
        void hear(Buffer message) {
            if (bus.up) {
                listener.message(message);
            }
        }
    }

    private final Network network;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private volatile boolean up = true;
    private volatile boolean holding;
    private final List<Runnable> held = new CopyOnWriteArrayList<>();

    private FakeBus(Network network) {
        this.network = network;
    }

    /** Cuts this node off, or lets it be again. */
    public void up(boolean now) {
        network.later(() -> {
                    up = now;
                    watchers.forEach(watcher -> watcher.changed(now));
                })
                .join();
    }

    /** New subscriptions are not made until they are released. */
    public void hold() {
        holding = true;
    }

    public void release() {
        holding = false;
        network.later(() -> held.forEach(Runnable::run));
    }

    @Override
    public boolean publish(String channel, Buffer message) {
        if (up) {
            network.publish(channel, message);
        }
        return up;
    }

    @Override
    public Subscription subscribe(String channel, Listener listener) {
        var ear = new Ear(this, listener);
        var active = new CompletableFuture<Void>();
        Runnable subscribing = () -> {
            network.ears
                    .computeIfAbsent(channel, name -> new CopyOnWriteArrayList<>())
                    .add(ear);
            active.complete(null);
        };
        if (holding) {
            held.add(subscribing);
        } else {
            network.later(subscribing);
        }
        return new Subscription() {
            @Override
            public CompletionStage<Void> active() {
                return active;
            }

            @Override
            public void close() {
                network.later(() -> network.ears.computeIfPresent(channel, (name, all) -> {
                    all.remove(ear);
                    return all.isEmpty() ? null : all;
                }));
            }
        };
    }

    @Override
    public CompletionStage<Integer> subscribers(String channel) {
        return CompletableFuture.completedStage(
                network.ears.getOrDefault(channel, List.of()).size());
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }
}
