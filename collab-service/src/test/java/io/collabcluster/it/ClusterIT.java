package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three nodes that are one server, and what strangers on the same Redis can't do to them. */
class ClusterIT {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

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

    @Test
    void whoeverIsConnectedWhereSeesEveryComment() throws Exception {
        try (var crowd = Crowd.of(cluster, "everywhere")) {
            crowd.awaitMoreOfEveryone(20);
            crowd.assertNothingLost();
        }
    }

    @Test
    void theOfficialClientNeedsNoAffinity() throws Exception {
        JavaScriptTests.prepare();
        var before = cluster.nodes().stream()
                .map(node -> cluster.balancer().taken(node.port()))
                .toList();
        JavaScriptTests.run(
                Map.of("SERVER_URL", "http://127.0.0.1:" + cluster.balancer().port()), "cluster.test.mjs");
        for (int i = 0; i < before.size(); i++) {
            assertThat(cluster.balancer().taken(cluster.node(i).port())).isGreaterThan(before.get(i) + 50);
        }
    }

    @Test
    void aStrayRequestReachesItsSession() {
        var owner = cluster.node(0).server();
        var sid = new JsonObject(owner.get(POLLING).body().substring(1)).getString("sid");
        String path = POLLING + "&sid=" + sid;
        assertThat(cluster.node(1)
                        .server()
                        .postText(path, "40{\"name\":\"Stray\"}")
                        .body())
                .isEqualTo("ok");
        assertThat(cluster.node(2).server().get(path).body()).startsWith("40{");
    }

    @Test
    void aSessionOfNobodyIsUnknown() {
        for (String sid : List.of("abcd0123456789abcdef", "abcd", "%00%ff", "x".repeat(3_000))) {
            var answer = cluster.node(0).server().get(POLLING + "&sid=" + sid);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(new JsonObject(answer.body()))
                    .isEqualTo(new JsonObject().put("code", 1).put("message", "Session ID unknown"));
        }
    }

    @Test
    void anEmitterReachesEveryone() throws Exception {
        try (var one = RawClient.connect(cluster.node(0).server(), "One");
                var two = RawClient.connect(cluster.node(1).server(), "Two");
                var three = RawClient.connect(cluster.node(2).server(), "Three")) {
            RedisWire.publish(cluster.redis().port(), "socket.io#/#", RedisWire.broadcast("hello-all"));
            assertThat(List.of(one, two, three)).allSatisfy(client -> assertThat(client.awaitEvent("hello-all"))
                    .isEmpty());
        }
    }

    @Test
    void twoClustersOnOneRedisDoNotHearOneAnother() throws Exception {
        cluster.postgres().execute("create database other owner collab");
        var config = new JsonObject()
                .put("redis", new JsonObject().put("key", "other"))
                .put("dataSource", new JsonObject().put("database", "other"));
        try (var stranger = cluster.join(config, Map.of());
                var crowd = Crowd.of(cluster, "same-name");
                var there = RawClient.connect(stranger.server(), "There");
                var here = RawClient.connect(cluster.node(0).server(), "Here");
                var follower = Follower.of(stranger.port(), "there", "same-name")) {
            assertThat(there.post("same-name", "only here", "s1").getBoolean("ok"))
                    .isTrue();
            RedisWire.publish(cluster.redis().port(), "other#/#", RedisWire.broadcast("to-other"));
            RedisWire.publish(cluster.redis().port(), "socket.io#/#", RedisWire.broadcast("to-this"));
            there.awaitEvent("to-other");
            here.awaitEvent("to-this");
            assertThat(there.events("to-this")).isEmpty();
            assertThat(here.events("to-other")).isEmpty();

            crowd.awaitMoreOfEveryone(5);
            crowd.assertNothingLost();
            await().atMost(ServerProcess.PATIENCE)
                    .untilAsserted(() -> assertThat(follower.told()).containsExactly("s1"));
            assertThat(follower.faults()).isEmpty();
            assertThat(stranger.members()).hasSize(1);
            ClusterOfNodes.awaitMembers(cluster.nodes(), 3);
        }
    }

    @Test
    void aNodeWithAnotherKeyIsAClusterOfItsOwnAndMissesNoComment() throws Exception {
        var config = new JsonObject().put("redis", new JsonObject().put("key", "sockets.io"));
        try (var mistaken = cluster.join(config, Map.of());
                var crowd = Crowd.of(cluster, "mistaken")) {
            crowd.follow(mistaken.port());
            crowd.awaitMoreOfEveryone(5);
            crowd.assertNothingLost();
            assertThat(mistaken.members()).hasSize(1);
            ClusterOfNodes.awaitMembers(cluster.nodes(), 3);
        }
    }

    @Test
    void garbageOnTheChannelsHarmsNobody() throws Exception {
        try (var crowd = Crowd.of(cluster, "garbage")) {
            for (String channel : channels()) {
                for (byte[] message : RedisWire.garbage()) {
                    RedisWire.publish(cluster.redis().port(), channel, message);
                }
            }
            crowd.awaitMoreOfEveryone(10);
            crowd.assertNothingLost();
            assertUnharmed(crowd);
            assertThat(cluster.nodes()).allSatisfy(node -> assertThat(
                            node.server().get("/q/metrics").body())
                    .containsPattern("collab_garbage_total\\{of=\"socketio\"[^}]*} [1-9]")
                    .containsPattern("collab_garbage_total\\{of=\"topic\"[^}]*} [1-9]"));
        }
    }

    /** All that somebody of this cluster listens to. */
    private static List<String> channels() {
        var channels = ((List<?>) cluster.redis().command("PUBSUB", "CHANNELS", "*"))
                .stream().map(String.class::cast).toList();
        assertThat(channels)
                .contains("socket.io#/#", "socket.io-request#/#", "socket.io-response#/#")
                .anyMatch(channel -> channel.startsWith("collab:socket.io:topic:"));
        return channels;
    }

    private static void assertUnharmed(Crowd crowd) {
        ClusterOfNodes.awaitMembers(cluster.nodes(), 3);
        for (ClusterNode node : cluster.nodes()) {
            assertThat(node.server().status().getString("state")).isEqualTo("running");
            assertThat(crowd.followerAt(node).connections()).isEqualTo(1);
            StandaloneIT.assertReadable(node.server().output());
        }
    }

    @Test
    void keysThatAreNoneOfOursAreReplaced() throws Exception {
        try (var crowd = Crowd.of(cluster, "keys")) {
            var keys = ((List<?>) cluster.redis().command("KEYS", "collab:*"))
                    .stream().map(String.class::cast).toList();
            assertThat(keys).isNotEmpty();
            for (String key : keys) {
                cluster.redis().command("DEL", key);
                cluster.redis().command("SET", key, "garbage");
            }
            await("the leases are there again").atMost(ServerProcess.PATIENCE).until(() -> cluster.redis()
                    .command("TYPE", "collab:{socket.io}:nodes:leases")
                    .equals("zset"));
            crowd.awaitMoreOfEveryone(10);
            crowd.assertNothingLost();
            assertUnharmed(crowd);
        }
    }

    @Test
    void aSecondNodeOfTheSameIdIsRefused() {
        var id = cluster.node(0).members().getJsonObject(0).getString("id");
        var config = new JsonObject().put("cluster", new JsonObject().put("id", id));
        try (var second = cluster.launch(config, Map.of())) {
            assertThat(second.server().exitCode()).isNotZero();
            assertThat(second.server().output()).contains(id);
            StandaloneIT.assertReadable(second.server().output());
            ClusterOfNodes.awaitMembers(cluster.nodes(), 3);
        }
    }

    @Test
    void aClockThatIsFiveMinutesOffHarmsNobody() throws Exception {
        try (var late = cluster.join(new JsonObject(), fakeTime("-5m"));
                var crowd = Crowd.of(cluster, "late")) {
            crowd.follow(late.port());
            crowd.write(late.port());
            var all = Stream.concat(cluster.nodes().stream(), Stream.of(late)).toList();
            ClusterOfNodes.awaitMembers(all, 4);
            // Longer than a lease: nobody is taken for dead, and nobody for alive for ever.
            await().pollDelay(Duration.ZERO)
                    .during(Duration.ofSeconds(9))
                    .atMost(ServerProcess.PATIENCE)
                    .until(() -> all.stream().allMatch(node -> node.members().size() == 4));
            crowd.awaitMoreOfEveryone(5);
            crowd.assertNothingLost();
        }
        ClusterOfNodes.awaitMembers(cluster.nodes(), 3);
    }

    /** Debian's libfaketime, for the wall clock only. */
    private static Map<String, String> fakeTime(String offset) throws Exception {
        try (var folders = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu*")) {
            for (Path folder : folders) {
                var library = folder.resolve("faketime/libfaketime.so.1");
                if (Files.exists(library)) {
                    return Map.of(
                            "LD_PRELOAD",
                            library.toString(),
                            "FAKETIME",
                            offset,
                            "FAKETIME_DONT_FAKE_MONOTONIC",
                            "1",
                            // The library makes each look at a clock dear, and the larger compiler looks often.
                            "JAVA_TOOL_OPTIONS",
                            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
                }
            }
        }
        assumeTrue(
                false, "SKIPPED, clocks that differ: they need libfaketime (Debian, Ubuntu: apt install libfaketime)");
        return Map.of();
    }
}
