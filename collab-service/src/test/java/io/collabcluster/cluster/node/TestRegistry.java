package io.collabcluster.cluster.node;

import io.collabcluster.cluster.redis.Names;
import io.collabcluster.engineio.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A registry as a process of its own has it: with its own event loops and its own connection. */
final class TestRegistry implements AutoCloseable {

    /** A lease that a busy machine renews in time. */
    static final NodeRegistry.Timing FAST = new NodeRegistry.Timing(Duration.ofMillis(150), Duration.ofMillis(2_000));

    /** It does not end during a test. */
    static final NodeRegistry.Timing STEADY = new NodeRegistry.Timing(Duration.ofMillis(200), Duration.ofSeconds(60));

    final Vertx vertx = Vertx.vertx();
    final String uid = UUID.randomUUID().toString();
    final AtomicReference<String> state = new AtomicReference<>(NodeRecord.RUNNING);
    final AtomicReference<String> address = new AtomicReference<>("127.0.0.1:1");
    final AtomicReference<Optional<String>> certificate = new AtomicReference<>(Optional.empty());
    final List<String> joined = new CopyOnWriteArrayList<>();
    final List<String> left = new CopyOnWriteArrayList<>();
    final AtomicInteger forgotten = new AtomicInteger();
    final AtomicInteger renewals = new AtomicInteger();
    final AtomicReference<Runnable> whileRenewing = new AtomicReference<>(() -> {});
    final NodeSecret secret;
    final NodeRegistry registry;
    private final Redis redis;
    private boolean closed;

    TestRegistry(int port, Names names, NodeRegistry.Timing timing, Optional<String> id, Clock clock) {
        this(port, names, timing, id, clock, Optional.empty());
    }

    TestRegistry(
            int port,
            Names names,
            NodeRegistry.Timing timing,
            Optional<String> id,
            Clock clock,
            Optional<String> configuredSecret) {
        redis = Redis.createClient(vertx, "redis://127.0.0.1:" + port);
        secret = new NodeSecret(configuredSecret);
        registry = new NodeRegistry(
                vertx, request -> renew(redis.send(request)), names, secret, timing, new NodeRegistry.Self() {
                    @Override
                    public Optional<NodeId> id() {
                        return id.map(NodeId::new);
                    }

                    @Override
                    public Future<NodeRecord> record(NodeId own) {
                        return Future.succeededFuture(new NodeRecord(
                                own,
                                uid,
                                address.get(),
                                Optional.of("http://127.0.0.1:2"),
                                100,
                                state.get(),
                                3,
                                7,
                                "1",
                                clock.instant(),
                                certificate.get()));
                    }
                });
        registry.onJoined(node -> joined.add(node.uid()));
        registry.onLeft(node -> left.add(node.uid()));
        registry.onForgotten(forgotten::incrementAndGet);
    }

    private <T> Future<T> renew(Future<T> answer) {
        renewals.incrementAndGet();
        whileRenewing.get().run();
        return answer.timeout(2, TimeUnit.SECONDS);
    }

    TestRegistry start() {
        await(registry.start());
        return this;
    }

    static void await(Future<?> future) {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    List<String> sees() {
        return registry.live().stream().map(NodeRecord::uid).sorted().toList();
    }

    /** As {@code kill -9}: without a word to anybody. */
    void kill() {
        if (!closed) {
            closed = true;
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
