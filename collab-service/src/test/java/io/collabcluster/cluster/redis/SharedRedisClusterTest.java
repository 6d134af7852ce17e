package io.collabcluster.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.Redis7;
import io.collabcluster.cluster.TestRedis;
import io.collabcluster.cluster.redis.RedisOptions.Format;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three masters with a replica each; in both formats. */
class SharedRedisClusterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int CHANNELS = 100;

    private static Vertx vertx;
    /** Of all tests, until one of them breaks it; empty before the first one, and after that. */
    private static List<TestRedis> nodes = List.of();

    private final List<SharedRedis> buses = new ArrayList<>();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        discard();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void discard() {
        nodes.forEach(TestRedis::close);
        nodes = List.of();
    }

    @BeforeEach
    void cluster() {
        if (nodes.isEmpty()) {
            nodes = Redis7.cluster(6, 3);
        }
    }

    @AfterEach
    void close() {
        buses.forEach(SharedRedis::close);
    }

    @ParameterizedTest
    @EnumSource
    void everyChannelIsHeardOnceWhereverItsSlotIs(Format format) {
        SharedRedis one = bus(format);
        SharedRedis other = bus(format);
        Collection<String> heard = new CopyOnWriteArrayList<>();
        subscribe(other, heard);
        publish(one, "x");
        await().atMost(PATIENCE).until(() -> heard.size() >= CHANNELS);
        assertThat(heard).hasSize(CHANNELS).doesNotHaveDuplicates();
        subscribe(one, new ArrayList<>());
        for (int i = 0; i < CHANNELS; i++) {
            assertThat(done(one.subscribers("c" + i))).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void commandsGoToWhereTheKeysAre(Format format) {
        SharedRedis bus = bus(format);
        String first = options(format).names().stored("first");
        String second = options(format).names().stored("second");
        var script = Request.cmd(Command.EVAL)
                .arg("redis.call('SET', KEYS[1], 'a') return redis.call('SET', KEYS[2], 'b')")
                .arg(2)
                .arg(first)
                .arg(second);
        assertThat(done(bus.send(script).toCompletionStage()).toString()).isEqualTo("OK");
        assertThat(done(bus.send(Request.cmd(Command.GET).arg(second)).toCompletionStage())
                        .toString())
                .isEqualTo("b");
    }

    @ParameterizedTest
    @EnumSource
    void aMasterDiesAndItsReplicaTakesOver(Format format) {
        SharedRedis one = bus(format);
        SharedRedis other = bus(format);
        Set<String> heard = ConcurrentHashMap.newKeySet();
        subscribe(other, heard);
        try {
            nodes.getFirst().kill();
            await().atMost(PATIENCE).until(() -> !one.isUp() && !other.isUp());
            await().atMost(PATIENCE).until(() -> one.isUp() && other.isUp());
            awaitAllHeard(one, heard);
        } finally {
            discard();
        }
    }

    @ParameterizedTest
    @EnumSource
    void slotsMoveToAnotherMaster(Format format) {
        SharedRedis one = bus(format);
        SharedRedis other = bus(format);
        Set<String> heard = ConcurrentHashMap.newKeySet();
        subscribe(other, heard);
        // A slot moves without its keys.
        done(one.send(Request.cmd(Command.FLUSHALL)).toCompletionStage());
        for (int i = 0; i < CHANNELS; i += 10) {
            Redis7.moveSlot(Shards.slot("c" + i), nodes, nodes.get(i / 10 % 3));
        }
        Redis7.moveSlot(Shards.slot(options(format).names().stored("")), nodes, nodes.get(2));
        await().atMost(PATIENCE).until(() -> one.isUp() && other.isUp());
        awaitAllHeard(one, heard);
        var get = Request.cmd(Command.GET).arg(options(format).names().stored("x"));
        await().atMost(PATIENCE).until(() -> answered(one, get));
    }

    private static boolean answered(SharedRedis bus, Request request) {
        return bus.send(request)
                .map(_ -> true)
                .otherwise(false)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** What is published while a subscription moves is lost, and the bus says so: after it, everything arrives. */
    private void awaitAllHeard(SharedRedis publisher, Collection<String> heard) {
        var rounds = new AtomicInteger();
        await().atMost(PATIENCE).until(() -> {
            publish(publisher, "round " + rounds.incrementAndGet());
            return IntStream.rangeClosed(1, rounds.get()).anyMatch(round -> IntStream.range(0, CHANNELS)
                    .allMatch(channel -> heard.contains(channel + " round " + round)));
        });
    }

    private static void subscribe(SharedRedis bus, Collection<String> heard) {
        List<Bus.Subscription> all = IntStream.range(0, CHANNELS)
                .mapToObj(i -> bus.subscribe("c" + i, message -> heard.add(i + " " + message)))
                .toList();
        all.forEach(subscription -> done(subscription.active()));
    }

    private static void publish(SharedRedis bus, String text) {
        for (int i = 0; i < CHANNELS; i++) {
            bus.publish("c" + i, Buffer.buffer(text));
        }
    }

    private SharedRedis bus(Format format) {
        var bus = new SharedRedis(vertx, options(format), SharedRedisFaultTest.FAST);
        buses.add(bus);
        done(bus.start());
        return bus;
    }

    private RedisOptions options(Format format) {
        return Redis7.options(RedisOptions.Mode.CLUSTER, format, nodes.get(0), nodes.get(1));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
