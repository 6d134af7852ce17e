package io.collabcluster.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.RespConnection;
import io.collabcluster.cluster.TestRedis;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two Redis servers, as two shards are: a channel's first letter says which one it belongs to. */
class OutboxTest {

    private final Vertx vertx = Vertx.vertx();
    private final ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    private final Map<Character, Wire> wires = new ConcurrentHashMap<>();
    private final List<RedisException> failures = new CopyOnWriteArrayList<>();
    private TestRedis a;
    private TestRedis b;
    private Outbox outbox;

    @BeforeEach
    void connect() {
        a = TestRedis.start();
        b = TestRedis.start();
        wires.put('a', wire(a));
        wires.put('b', wire(b));
        outbox = new Outbox(
                context,
                channel -> Optional.ofNullable(wires.get(channel.charAt(0))),
                (wire, error) -> failures.add(error));
        onLoop(() -> outbox.open(true));
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        a.close();
        b.close();
    }

    private Wire wire(TestRedis redis) {
        Promise<Wire> opened = Promise.promise();
        var connector = new Connector(vertx, redis.options(), Timing.DEFAULTS);
        var inspection = new Inspection(redis.options(), Timing.DEFAULTS.answer());
        context.runOnContext(_ -> Wire.open(redis.server(), connector, inspection, RedisOptions.Format.CLASSIC)
                .onComplete(opened));
        return opened.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void onLoop(Runnable task) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(_ -> {
            task.run();
            done.complete();
        });
        done.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void aShardThatIsStuckHoldsUpNoOther() throws IOException {
        try (var ear = new RespConnection(b.port())) {
            ear.command("SUBSCRIBE", "b");
            a.freeze();
            publish("a", Outbox.WINDOW * 2);
            publish("b", 1);
            assertThat(ear.read()).isEqualTo(List.of("message", "b", "0"));
        } finally {
            a.thaw();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void whatWaitsForAShardThatIsGoneIsDroppedOrGoesToTheNextOneInOrder() throws IOException {
        try (var ear = new RespConnection(b.port())) {
            ear.command("SUBSCRIBE", "a");
            a.freeze();
            publish("a", Outbox.WINDOW + 3);
            onLoop(() -> {
                wires.put('a', wires.get('b'));
                outbox.open(true);
            });
            for (int i = 0; i < 3; i++) {
                assertThat(ear.read()).isEqualTo(List.of("message", "a", Integer.toString(Outbox.WINDOW + i)));
            }
            wires.remove('a');
            publish("a", 2);
            await().atMost(Duration.ofSeconds(10)).until(() -> outbox.dropped() == 2);
        } finally {
            a.thaw();
        }
    }

    private void publish(String channel, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(outbox.offer(channel, Buffer.buffer(Integer.toString(i))))
                    .isTrue();
        }
        onLoop(() -> {});
    }
}
