package io.collabcluster.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cli.StartFailure;
import io.collabcluster.cluster.ClusterOptions;
import io.collabcluster.cluster.NamedHost;
import io.collabcluster.cluster.TestRedis;
import io.collabcluster.cluster.redis.RedisException;
import io.collabcluster.config.ConfigReader;
import io.collabcluster.status.Dependency;
import io.collabcluster.status.ServerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusteringTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aRedisThatIsAwayIsWaitedForAndEachChangeIsTold() {
        try (var redis = TestRedis.start();
                var clustering = clustering(redis)) {
            redis.stop();
            List<String> suspected = new CopyOnWriteArrayList<>();
            List<String> back = new CopyOnWriteArrayList<>();
            clustering.onChange(suspected::add);
            clustering.onBack(() -> back.add("back"));
            clustering.start();
            Dependency dependency = clustering.dependency();
            assertThat(dependency.name()).isEqualTo("Redis Server");
            assertThatThrownBy(() -> dependency.check().get().await().atMost(PATIENCE))
                    .hasMessageContaining("127.0.0.1:" + redis.port());
            redis.startAgain();
            await().atMost(PATIENCE).until(() -> back.equals(List.of("back")));
            dependency.check().get().await().atMost(PATIENCE);
            assertThat(suspected).containsExactly("Redis Server");
            redis.command("CLIENT", "KILL", "TYPE", "pubsub");
            await().atMost(PATIENCE).until(() -> back.size() == 2);
            assertThat(suspected).hasSize(3);
        }
    }

    @Test
    void aRedisThatCanNotBeTheRightOneEndsTheStart() {
        try (var redis = TestRedis.start("requirepass secret");
                var clustering = clustering(redis)) {
            assertThatThrownBy(clustering::start)
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("wants a password: set redis.password");
        }
    }

    @Test
    void aRedisThatRefusesForNowIsWaitedFor() {
        try (var redis = TestRedis.start();
                var clustering = clustering(redis)) {
            redis.command("CONFIG", "SET", "lua-time-limit", "1");
            CompletableFuture.runAsync(() -> redis.command("EVAL", "while true do end", "0"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThatThrownBy(() -> redis.command("PING"))
                    .hasMessageContaining("BUSY"));
            clustering.start();
            Dependency dependency = clustering.dependency();
            assertThatThrownBy(() -> dependency.check().get().await().atMost(PATIENCE))
                    .isInstanceOfSatisfying(RedisException.class, fault -> assertThat(fault.kind())
                            .isEqualTo(RedisException.Kind.REFUSED));
            redis.command("SCRIPT", "KILL");
            await().atMost(PATIENCE).until(() -> clustering.redis().isUp());
        }
    }

    @Test
    void aHostWithAnUnderscoreIsReachedAsConfigured(@TempDir Path folder) throws IOException {
        var resolving = NamedHost.vertx("redis_host_machine");
        try (var redis = TestRedis.start()) {
            Path file = Files.writeString(folder.resolve("config.json"), """
                    {"dataSource": {}, "scaling": "horizontal", "redisServerUrl": "redis://redis_host_machine:%d"}""".formatted(redis.port()));
            var config = (ConfigReader.Valid) ConfigReader.read(Optional.of(file), Map.of());
            var options = config.config().cluster().orElseThrow();
            try (var clustering = new Clustering(resolving, options, metrics())) {
                clustering.start();
                clustering.dependency().check().get().await().atMost(PATIENCE);
            }
        } finally {
            resolving.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static Clustering clustering(TestRedis redis) {
        return new Clustering(
                vertx,
                new ClusterOptions(
                        redis.options(),
                        Optional.empty(),
                        ClusterOptions.DEFAULT_PORT,
                        Optional.empty(),
                        Optional.empty(),
                        ClusterOptions.DEFAULT_WEIGHT,
                        Optional.empty()),
                metrics());
    }

    private static ServerMetrics metrics() {
        return new ServerMetrics(new SimpleMeterRegistry(), ServerMetrics.Gauges.NONE);
    }
}
