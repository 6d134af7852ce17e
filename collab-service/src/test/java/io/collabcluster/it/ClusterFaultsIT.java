package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three nodes, and people who write at each: what goes away, comes back, and takes no comment with it. */
class ClusterFaultsIT {

    private static final String AWAY = "The following dependent services are unavailable: ";
    private static final String REDIS_AWAY = AWAY + "Redis Server";
    private static final String POSTGRES_AWAY = AWAY + "DB Service";

    /** How a network fails for one node. */
    private enum Loss {
        CUT(TcpProxy::cut),
        SILENT(TcpProxy::hold);

        private final Consumer<TcpProxy> way;

        Loss(Consumer<TcpProxy> way) {
            this.way = way;
        }
    }

    private static ClusterOfNodes cluster;

    @RegisterExtension
    static final NodeLogs LOGS = new NodeLogs(() -> cluster);

    @BeforeAll
    static void start() throws Exception {
        cluster = ClusterOfNodes.start(3, new JsonObject());
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @AfterEach
    void mend() {
        cluster.nodes().stream()
                .flatMap(node -> Stream.of(node.redis(), node.postgres()))
                .forEach(TcpProxy::restore);
        cluster.awaitWhole();
    }

    @Test
    void redisRestartsAndKeepsItsData() throws Exception {
        assertARestartLosesNothing("redis-restarted", () -> {});
    }

    @Test
    void redisRestartsWithItsDataGone() throws Exception {
        assertARestartLosesNothing("redis-emptied", cluster.redis()::forget);
    }

    private static void assertARestartLosesNothing(String topic, Runnable whileItIsDown) throws Exception {
        try (var crowd = Crowd.of(cluster, topic);
                var writer = RawClient.connect(cluster.node(1).server(), "Wyn")) {
            cluster.redis().kill();
            for (ClusterNode node : cluster.nodes()) {
                assertThat(node.server().awaitState("paused").getString("reason"))
                        .isEqualTo(REDIS_AWAY);
            }
            assertRefused(writer, topic, REDIS_AWAY);

            whileItIsDown.run();
            cluster.redis().startAgain();
            cluster.awaitWhole();
            crowd.awaitMoreOfEveryone(5);
            crowd.assertNothingLost();
            assertThat(cluster.nodes())
                    .allSatisfy(node ->
                            assertThat(crowd.followerAt(node).connections()).isEqualTo(1));
            assertThat(writer.isOpen()).isTrue();
        }
    }

    private static void assertRefused(RawClient writer, String topic, String reason) throws Exception {
        var error = writer.post(topic, "while away", "refused-" + topic).getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo("unavailable");
        assertThat(error.getString("message")).contains(reason);
    }

    @Test
    void redisForgetsEverythingWhileItRuns() throws Exception {
        try (var crowd = Crowd.of(cluster, "redis-flushed")) {
            cluster.redis().command("FLUSHALL");
            ClusterOfNodes.awaitMembers(cluster.nodes(), 3);
            crowd.awaitMoreOfEveryone(5);
            crowd.assertNothingLost();
        }
    }

    @ParameterizedTest
    @EnumSource
    void redisIsAwayForOneNode(Loss loss) throws Exception {
        assertOneNodePauses("redis-" + loss, REDIS_AWAY, loss, ClusterNode::redis);
    }

    @ParameterizedTest
    @EnumSource
    void postgresIsAwayForOneNode(Loss loss) throws Exception {
        assertOneNodePauses("postgres-" + loss, POSTGRES_AWAY, loss, ClusterNode::postgres);
    }

    private static void assertOneNodePauses(String topic, String reason, Loss loss, Function<ClusterNode, TcpProxy> way)
            throws Exception {
        var lonely = cluster.node(0);
        try (var crowd = Crowd.of(cluster, topic);
                var writer = RawClient.connect(lonely.server(), "Wyn")) {
            loss.way.accept(way.apply(lonely));
            assertThat(lonely.server().awaitState("paused").getString("reason")).isEqualTo(reason);
            assertRefused(writer, topic, reason);
            assertThat(cluster.others(lonely))
                    .allSatisfy(node -> assertThat(node.server().status().getString("state"))
                            .isEqualTo("running"));
            crowd.awaitMore(20);

            way.apply(lonely).restore();
            lonely.server().awaitState("running");
            crowd.awaitMoreOfEveryone(5);
            crowd.assertNothingLost();
            assertThat(crowd.followerAt(lonely).connections()).isEqualTo(1);
            assertThat(writer.isOpen()).isTrue();
        }
    }

    @Test
    void postgresIsAwayForAll() throws Exception {
        try (var crowd = Crowd.of(cluster, "postgres-away")) {
            cluster.postgres().stop();
            for (ClusterNode node : cluster.nodes()) {
                assertThat(node.server().awaitState("paused").getString("reason"))
                        .isEqualTo(POSTGRES_AWAY);
            }
            cluster.postgres().resume();
            cluster.awaitWhole();
            crowd.awaitMoreOfEveryone(5);
            crowd.assertNothingLost();
            assertThat(cluster.nodes())
                    .allSatisfy(node ->
                            assertThat(crowd.followerAt(node).connections()).isEqualTo(1));
        }
    }

    @Test
    void aNodeIsKilledWhilePeopleWrite() throws Exception {
        var victim = cluster.node(0);
        try (var crowd = Crowd.of(cluster, "killed")) {
            victim.server().kill9();
            crowd.awaitMore(50);
            ClusterOfNodes.awaitMembers(cluster.others(victim), 2);
            victim.server().start();
            crowd.awaitMoreOfEveryone(5);
            crowd.assertNothingLost();
        }
    }

    @Test
    void theOfficialClientMissesNothingWhileNodesAreKilled() throws Exception {
        JavaScriptTests.prepare();
        var environment = Map.of(
                "SERVER_URL", "http://127.0.0.1:" + cluster.balancer().port(), "TOPIC", "survivors", "COMMENTS", "100");
        var clients = CompletableFuture.runAsync(() -> {
            try {
                JavaScriptTests.run(environment, "cluster-survivors.test.mjs");
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        for (int i = 0; i < 2; i++) {
            awaitHead(clients, 60 * (i + 1));
            cluster.node(i).server().kill9();
            awaitHead(clients, 60 * (i + 1) + 20);
            cluster.node(i).server().start();
        }
        clients.get(2, TimeUnit.MINUTES);
    }

    private static void awaitHead(CompletableFuture<Void> writers, int head) {
        await("comment " + head).atMost(ServerProcess.PATIENCE).until(() -> {
            writers.getNow(null);
            return Comments.changes(cluster.node(2).server(), "survivors").size() >= head;
        });
    }

    @Test
    void aNodeIsKilledBetweenCommitAndPublish() throws Exception {
        var victim = cluster.node(0);
        var followers = cluster.others(victim).stream()
                .map(node -> Follower.of(node.port(), "at " + node.port(), "unpublished"))
                .toList();
        try (var writer = RawClient.connect(victim.server(), "Wyn")) {
            assertThat(writer.post("unpublished", "published", "p1").getBoolean("ok"))
                    .isTrue();
            assertTold(followers, "p1");

            // What it publishes from now on, nobody gets to hear.
            victim.redis().hold();
            assertThat(writer.post("unpublished", "only committed", "p2").getBoolean("ok"))
                    .isTrue();
            victim.server().kill9();
            victim.redis().cut();

            assertTold(followers, "p1", "p2");
            assertThat(followers)
                    .allSatisfy(follower -> assertThat(follower.faults()).isEmpty());
        } finally {
            followers.forEach(Follower::close);
            victim.redis().restore();
            victim.server().start();
        }
    }

    private static void assertTold(List<Follower> followers, String... clientIds) {
        await().atMost(ServerProcess.PATIENCE).untilAsserted(() -> assertThat(followers)
                .allSatisfy(follower -> assertThat(follower.told()).containsExactly(clientIds)));
    }

    @Test
    void aNodeSendsItsConnectionsToTheOthers() throws Exception {
        var crowded = cluster.node(0);
        try (var crowd = Crowd.of(cluster, "shed")) {
            for (int i = 0; i < 9; i++) {
                crowd.follow(cluster.balancer().port());
            }
            int before = crowd.followerAt(crowded).connections();
            var answer = crowded.server()
                    .operate("/admin/shed", ClusterOfNodes.OPERATOR_TOKEN, new JsonObject().put("share", 1));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            assertThat(new JsonObject(answer.body()).getInteger("closing")).isGreaterThanOrEqualTo(4);
            await().atMost(ServerProcess.PATIENCE)
                    .until(() -> crowd.followerAt(crowded).connections() > before);
            crowd.awaitMoreOfEveryone(5);
            crowd.assertNothingLost();
            assertThat(crowded.server().status().getString("state")).isEqualTo("running");
        }
    }

    @Test
    void everyNodeIsReplacedInTurnWhilePeopleWrite() throws Exception {
        try (var crowd = Crowd.of(cluster, "rolled")) {
            for (int i = 0; i < 9; i++) {
                crowd.follow(cluster.balancer().port());
            }
            for (ClusterNode node : cluster.nodes()) {
                node.server().terminate();
                assertThat(node.server().exitCode()).isEqualTo(143);
                crowd.awaitMore(20);
                node.server().start();
                crowd.followerAt(node).awaitLive();
            }
            crowd.awaitMoreOfEveryone(5);
            crowd.assertNothingLost();
        }
    }
}
