package io.collabcluster.cluster.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.TestRedis;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedRedisTest {

    private static Vertx vertx;
    private static TestRedis redis;

    private SharedRedis bus;
    private SharedRedis other;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        redis = TestRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void connect() {
        bus = new SharedRedis(vertx, redis.options());
        other = new SharedRedis(vertx, redis.options());
        done(bus.start());
        done(other.start());
    }

    @AfterEach
    void close() {
        bus.close();
        other.close();
    }

    @Test
    void whatOnePublishesTheOthersHearInOrder() {
        List<String> heard = new CopyOnWriteArrayList<>();
        done(other.subscribe("a", message -> heard.add(message.toString())).active());
        List<String> sent =
                IntStream.range(0, 20_000).mapToObj(Integer::toString).toList();
        sent.forEach(text -> assertThat(bus.publish("a", Buffer.buffer(text))).isTrue());
        await().until(() -> heard.size() == sent.size());
        assertThat(heard).isEqualTo(sent);
        assertThat(bus.dropped()).isZero();
    }

    @Test
    void aMessageIsAnyBytes() {
        var bytes = new byte[70_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        var heard = new CompletableFuture<Buffer>();
        done(bus.subscribe("bytes/ä", heard::complete).active());
        bus.publish("bytes/ä", Buffer.buffer(bytes));
        assertThat(done(heard).getBytes()).isEqualTo(bytes);
    }

    @Test
    void redisSeesOneSubscriptionForManyListeners() {
        List<String> first = new CopyOnWriteArrayList<>();
        List<String> second = new CopyOnWriteArrayList<>();
        var one = bus.subscribe("b", message -> first.add(message.toString()));
        var two = bus.subscribe("b", message -> second.add(message.toString()));
        done(one.active());
        done(two.active());
        assertThat(done(other.subscribers("b"))).isEqualTo(1);
        one.close();
        one.close();
        other.publish("b", Buffer.buffer("x"));
        await().until(() -> second.equals(List.of("x")));
        assertThat(first).isEmpty();
        two.close();
        await().until(() -> done(other.subscribers("b")) == 0);
    }

    @Test
    void aChannelThatIsLeftAndHeardAgainIsHeard() {
        List<String> heard = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 100; i++) {
            var before = bus.subscribe("c", _ -> {});
            if (i % 2 == 0) {
                done(before.active());
            }
            before.close();
            var again = bus.subscribe("c", message -> heard.add(message.toString()));
            done(again.active());
            String text = Integer.toString(i);
            other.publish("c", Buffer.buffer(text));
            await().until(() -> heard.contains(text));
            again.close();
        }
        assertThat(heard).hasSize(100);
        await().until(() -> done(other.subscribers("c")) == 0);
    }

    @Test
    void aListenerThatFailsDoesNotHarmTheOthers() {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        bus.subscribe("d", _ -> {
            throw new IllegalStateException("as this test wants it");
        });
        done(bus.subscribe("d", message -> heard.add(message.toString())).active());
        other.publish("d", Buffer.buffer("x"));
        other.publish("d", Buffer.buffer("y"));
        await().until(() -> heard.equals(List.of("x", "y")));
        assertThat(bus.isUp()).isTrue();
    }

    @Test
    void manyChannelsAtOnce() {
        var heard = new CopyOnWriteArrayList<String>();
        List<Bus.Subscription> all = IntStream.range(0, 5_000)
                .mapToObj(i -> bus.subscribe("many/" + i, message -> heard.add(message.toString())))
                .toList();
        all.forEach(subscription -> done(subscription.active()));
        other.publish("many/4999", Buffer.buffer("last"));
        await().until(() -> heard.equals(List.of("last")));
    }

    @Test
    void commandsAreAnsweredAndTheirErrorsAreTheCallers() {
        String key = redis.options().names().stored("x");
        done(bus.send(Request.cmd(Command.SET).arg(key).arg("1")).toCompletionStage());
        assertThat(done(bus.send(Request.cmd(Command.GET).arg(key)).toCompletionStage())
                        .toString())
                .isEqualTo("1");
        assertThat(bus.send(Request.cmd(Command.EVALSHA).arg("00").arg(0))
                        .toCompletionStage()
                        .toCompletableFuture())
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingRootCause()
                .withMessageContaining("NOSCRIPT");
        assertThat(bus.isUp()).isTrue();
    }

    @Test
    void whatIsSubscribedWhileRedisIsAwayIsHeardLater() {
        try (var late = TestRedis.start()) {
            late.stop();
            var waiting = new SharedRedis(vertx, late.options());
            assertThat(waiting.start().toCompletableFuture())
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(RedisException.class)
                    .withMessageContaining("127.0.0.1:" + late.port());
            var heard = new CompletableFuture<String>();
            var subscription = waiting.subscribe("late", message -> heard.complete(message.toString(UTF_8)));
            assertThat(waiting.publish("late", Buffer.buffer("lost"))).isFalse();
            assertThat(waiting.dropped()).isEqualTo(1);
            late.startAgain();
            done(subscription.active());
            await().until(waiting::isUp);
            waiting.publish("late", Buffer.buffer("found"));
            assertThat(done(heard)).isEqualTo("found");
            waiting.close();
        }
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
