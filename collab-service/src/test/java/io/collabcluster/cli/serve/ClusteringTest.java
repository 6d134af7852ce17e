package io.collabcluster.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cli.StartFailure;
import io.collabcluster.cluster.ClusterOptions;
import io.collabcluster.cluster.TestRedis;
import io.collabcluster.status.Dependency;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
                        Optional.empty()));
    }
}
