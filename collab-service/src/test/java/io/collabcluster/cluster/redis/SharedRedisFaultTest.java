package io.collabcluster.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.RespConnection;
import io.collabcluster.cluster.TcpProxy;
import io.collabcluster.cluster.TestRedis;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to the connections: it is noticed, told, and mended, and then every channel is heard again. */
class SharedRedisFaultTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CHANNELS = 300;

    static final Timing FAST = new Timing(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            3,
            Duration.ofMillis(50),
            Duration.ofMillis(500));

    private static Vertx vertx;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Boolean> told = new CopyOnWriteArrayList<>();
    private TestRedis redis;
    private TcpProxy proxy;
    private SharedRedis bus;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void connect() {
        redis = TestRedis.start();
        proxy = new TcpProxy(redis.port());
        RedisOptions direct = redis.options();
        bus = new SharedRedis(vertx, through(direct, proxy.port()), FAST);
        bus.watch(told::add);
        done(bus.start());
        List<Bus.Subscription> all = new ArrayList<>();
        IntStream.range(0, CHANNELS)
                .forEach(i -> all.add(bus.subscribe("c" + i, message -> heard.add(i + " " + message))));
        all.forEach(subscription -> done(subscription.active()));
        assertThat(told).containsExactly(true);
    }

    @AfterEach
    void close() {
        bus.close();
        proxy.close();
        redis.close();
    }

    @Test
    void redisIsKilledAndComesBack() {
        redis.kill();
        awaitDown();
        assertThat(bus.publish("c1", Buffer.buffer("lost"))).isFalse();
        redis.startAgain();
        awaitEverythingHeard();
    }

    @Test
    void redisIsRestarted() {
        redis.restart();
        awaitDown();
        awaitEverythingHeard();
    }

    @Test
    void redisClosesTheSubscribingConnection() {
        redis.command("CLIENT", "KILL", "TYPE", "pubsub");
        awaitDown();
        awaitEverythingHeard();
    }

    @Test
    void redisClosesTheOtherConnections() {
        redis.command("CLIENT", "KILL", "TYPE", "normal");
        awaitDown();
        awaitEverythingHeard();
    }

    @Test
    void redisPauses() {
        redis.command("CLIENT", "PAUSE", "2500");
        awaitDown();
        awaitEverythingHeard();
    }

    @Test
    void redisHangs() {
        redis.freeze();
        awaitDown();
        redis.thaw();
        awaitEverythingHeard();
    }

    @Test
    void aHalfOpenConnectionIsFoundOut() {
        proxy.blackHole();
        awaitDown();
        proxy.heal();
        awaitEverythingHeard();
    }

    @Test
    void aProbeThatIsNotHeardIsALoss() throws IOException {
        // The rest of what the connections do goes on: only the probe's channel is forbidden.
        try (var control = new RespConnection(redis.port())) {
            control.command("ACL", "SETUSER", "default", "resetchannels", "&c[0-9]*");
            awaitDown();
            control.command("ACL", "SETUSER", "default", "allchannels");
        }
        awaitEverythingHeard();
    }

    @Test
    void aRedisThatConfirmsSlowlyIsWaitedFor() {
        List<Bus.Subscription> more = IntStream.range(0, 2_000)
                .mapToObj(i -> bus.subscribe("d" + i, message -> {}))
                .toList();
        more.forEach(subscription -> done(subscription.active()));
        proxy.slow(20_000);
        redis.command("CLIENT", "KILL", "TYPE", "pubsub");
        awaitDown();
        await().atMost(PATIENCE).until(bus::isUp);
    }

    @Test
    void aLossThatIsOverAtOnceIsToldTwice() {
        redis.command("CLIENT", "KILL", "TYPE", "pubsub");
        await().atMost(PATIENCE).until(() -> told.equals(List.of(true, false, true)));
    }

    @Test
    void noConnectionIsLeftBehind() {
        for (int i = 0; i < 5; i++) {
            int before = told.size();
            redis.command("CLIENT", "KILL", "TYPE", i % 2 == 0 ? "pubsub" : "normal");
            await().atMost(PATIENCE).until(() -> told.size() == before + 2);
        }
        // Three of the bus, and the one that asks.
        await().atMost(PATIENCE)
                .until(() -> redis.command("CLIENT", "LIST").toString().lines().count() == 4);
        bus.close();
        await().atMost(PATIENCE)
                .until(() -> redis.command("CLIENT", "LIST").toString().lines().count() == 1);
        assertThat(bus.isUp()).isFalse();
    }

    @Test
    void tooMuchIsDroppedAndCounted() {
        redis.freeze();
        var payload = Buffer.buffer(new byte[64 * 1024]);
        int taken = 0;
        while (bus.publish("c1", payload)) {
            taken++;
        }
        assertThat((long) taken * payload.length()).isLessThanOrEqualTo(Outbox.MOST_BYTES);
        assertThat(bus.dropped()).isEqualTo(1);
        redis.thaw();
        await().atMost(PATIENCE).until(() -> bus.publish("c2", Buffer.buffer("the last")));
        await().atMost(PATIENCE).until(() -> heard.contains("2 the last"));
    }

    private void awaitDown() {
        await().atMost(PATIENCE).until(() -> told.contains(false));
    }

    private void awaitEverythingHeard() {
        await().atMost(PATIENCE).until(bus::isUp);
        // Redis may not have seen yet that the connections before are gone.
        await().atMost(PATIENCE)
                .until(() -> redis.command(everyChannelsHearers()).equals(eachOne()));
        heard.clear();
        for (int i = 0; i < CHANNELS; i++) {
            assertThat(redis.command("PUBLISH", "c" + i, "again")).isEqualTo(1L);
        }
        await().atMost(PATIENCE).until(() -> heard.size() >= CHANNELS);
        assertThat(heard).hasSize(CHANNELS).contains("0 again", (CHANNELS - 1) + " again");
        assertThat(bus.publish("c7", Buffer.buffer("from here"))).isTrue();
        await().atMost(PATIENCE).until(() -> heard.contains("7 from here"));
    }

    private static String[] everyChannelsHearers() {
        return Stream.concat(Stream.of("PUBSUB", "NUMSUB"), channels()).toArray(String[]::new);
    }

    private static List<Object> eachOne() {
        return channels()
                .<Object>mapMulti((channel, all) -> {
                    all.accept(channel);
                    all.accept(1L);
                })
                .toList();
    }

    private static Stream<String> channels() {
        return IntStream.range(0, CHANNELS).mapToObj(i -> "c" + i);
    }

    private static RedisOptions through(RedisOptions direct, int port) {
        return new RedisOptions(
                direct.mode(),
                List.of(new RedisOptions.Server("127.0.0.1", port)),
                "",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                direct.format(),
                direct.names());
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
