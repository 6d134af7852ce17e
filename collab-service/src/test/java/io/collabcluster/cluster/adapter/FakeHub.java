package io.collabcluster.cluster.adapter;

import io.collabcluster.cluster.redis.Bus;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Redis in memory: every process has a bus of its own; all is delivered in order by one thread. */
final class FakeHub implements AutoCloseable {

    record Published(String channel, Buffer bytes) {}

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final List<FakeBus> buses = new CopyOnWriteArrayList<>();
    final List<Published> published = new CopyOnWriteArrayList<>();

    FakeBus bus() {
        var bus = new FakeBus();
        buses.add(bus);
        return bus;
    }

    /** Waits until all that was published is delivered, and what was published because of it. */
    void settle() {
        int before;
        do {
            before = published.size();
            CompletableFuture.runAsync(() -> {}, loop).join();
        } while (published.size() != before);
    }

    /** As another process would. */
    void publish(String channel, Buffer bytes) {
        published.add(new Published(channel, bytes));
        loop.execute(() -> buses.forEach(bus -> bus.deliver(channel, bytes)));
    }

    List<String> channels() {
        return published.stream().map(Published::channel).toList();
    }

    @Override
    public void close() {
        loop.shutdownNow();
    }

    final class FakeBus implements Bus {
        final Map<String, List<Listener>> heard = new ConcurrentHashMap<>();
        final List<Watcher> watchers = new ArrayList<>();
        final List<String> received = new CopyOnWriteArrayList<>();
        private volatile boolean up = true;
        private volatile boolean full;

        /** What Redis sends is lost from now on, or comes again. */
        void up(boolean now) {
            up = now;
            CompletableFuture.runAsync(() -> watchers.forEach(watcher -> watcher.changed(now)), loop)
                    .join();
        }

        /** Too much waits already to be published. */
        void full(boolean now) {
            full = now;
        }

        /** The process is gone. */
        void kill() {
            up = false;
            heard.clear();
        }

        private void deliver(String channel, Buffer bytes) {
            var listeners = heard.getOrDefault(channel, List.of());
            if (up && !listeners.isEmpty()) {
                received.add(channel);
                listeners.forEach(listener -> listener.message(bytes));
            }
        }

        @Override
        public boolean publish(String channel, Buffer message) {
            if (!up || full) {
                return false;
            }
            FakeHub.this.publish(channel, message);
            return true;
        }

        @Override
        public Subscription subscribe(String channel, Listener listener) {
            heard.computeIfAbsent(channel, absent -> new CopyOnWriteArrayList<>())
                    .add(listener);
            return new Subscription() {
                @Override
                public CompletionStage<Void> active() {
                    return CompletableFuture.completedStage(null);
                }

                @Override
                public void close() {
                    heard.computeIfPresent(channel, (name, all) -> {
                        all.remove(listener);
                        return all.isEmpty() ? null : all;
                    });
                }
            };
        }

        @Override
        public CompletionStage<Integer> subscribers(String channel) {
            return up
                    ? CompletableFuture.supplyAsync(
                            () -> (int) buses.stream()
                                    .filter(bus -> bus.heard.containsKey(channel))
                                    .count(),
                            loop)
                    : CompletableFuture.failedStage(new IllegalStateException("Redis is away"));
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
}
