package io.collabcluster.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.TestRedis;
import io.collabcluster.cluster.node.ForwardMetrics;
import io.collabcluster.cluster.node.NodeClient;
import io.collabcluster.cluster.node.NodeRecord;
import io.collabcluster.cluster.node.NodeRegistry;
import io.collabcluster.cluster.node.NodeSecret;
import io.collabcluster.cluster.node.NodeServer;
import io.collabcluster.cluster.redis.Names;
import io.collabcluster.engineio.NodeId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClusterStatusTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void everyNodeIsShownAsItSaysAndWhoDoesNotAnswerAsTheRegistryHasIt() {
        try (var redis = TestRedis.start();
                var a = new StatusNode(redis, "aaaa");
                var b = new StatusNode(redis, "bbbb");
                var c = new StatusNode(redis, "cccc")) {
            b.status.draining();
            await().atMost(SOON).until(() -> a.registry.live().size() == 3);
            await().atMost(SOON).until(() -> all(a).size() == 3);
            var nodes = all(a);
            assertThat(nodes.getJsonObject(0).getString("id")).isEqualTo("aaaa");
            assertThat(nodes.getJsonObject(0).getString("state")).isEqualTo("running");
            assertThat(nodes.getJsonObject(1).getString("id")).isEqualTo("bbbb");
            assertThat(nodes.getJsonObject(1).getString("state")).isEqualTo("draining");
            assertThat(nodes.getJsonObject(1).getString("reason")).contains("draining");
            assertThat(nodes.getJsonObject(2).getJsonObject("main").getLong("pid"))
                    .isEqualTo(ProcessHandle.current().pid());

            join(c.server.close());

            await().atMost(SOON).until(() -> all(a).getJsonObject(2).containsKey("answered"));
            JsonObject silent = all(a).getJsonObject(2);
            assertThat(silent.getString("id")).isEqualTo("cccc");
            assertThat(silent.getBoolean("answered")).isFalse();
            assertThat(silent.getString("reason")).contains(c.address(), "did not answer");
            assertThat(silent.getJsonObject("main").getJsonObject("connections").getInteger("current"))
                    .isEqualTo(5);
            assertThat(all(a).getJsonObject(0).containsKey("answered")).isFalse();
        }
    }

    private static JsonArray all(StatusNode node) {
        return join(node.cluster.nodes());
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static final class StatusNode implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx();
        private final NodeStatus status = new NodeStatus();
        private final NodeRegistry registry;
        private final NodeServer server;
        private final ClusterStatus cluster;

        StatusNode(TestRedis redis, String id) {
            var connection = Redis.createClient(vertx, "redis://127.0.0.1:" + redis.port());
            var secret = new NodeSecret(Optional.empty());
            registry = new NodeRegistry(
                    vertx,
                    request -> connection.send(request).timeout(5, TimeUnit.SECONDS),
                    new Names("status"),
                    secret,
                    new NodeRegistry.Timing(Duration.ofMillis(200), Duration.ofSeconds(60)),
                    self(id));
            var metrics = new ServerMetrics(new SimpleMeterRegistry(), ServerMetrics.Gauges.NONE);
            var report = new StatusReport(
                    new NodeFacts("1", false, "horizontal", false),
                    status,
                    metrics,
                    new ProcessUsage(vertx),
                    Instant.EPOCH);
            var client = new NodeClient(vertx, registry, secret, Duration.ofSeconds(10));
            cluster = new ClusterStatus(report, id, registry, client);
            var internal = Router.router(vertx);
            cluster.routeInternally(internal);
            server = new NodeServer(vertx, Optional.empty(), secret, registry::claimed, internal, new ForwardMetrics());
            join(server.listen("127.0.0.1", 0));
            status.started();
            join(registry.start());
        }

        String address() {
            return "127.0.0.1:" + server.port();
        }

        private NodeRegistry.Self self(String id) {
            return new NodeRegistry.Self() {
                @Override
                public Optional<NodeId> id() {
                    return Optional.of(new NodeId(id));
                }

                @Override
                public Future<NodeRecord> record(NodeId own) {
                    return Future.succeededFuture(new NodeRecord(
                            own,
                            id,
                            address(),
                            Optional.empty(),
                            100,
                            status.state().wireName(),
                            5,
                            0,
                            "1",
                            Instant.EPOCH,
                            Optional.empty()));
                }
            };
        }

        @Override
        public void close() {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
