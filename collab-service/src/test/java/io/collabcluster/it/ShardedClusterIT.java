package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.Redis7;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes that are one server over a Redis Cluster of three masters, in the sharded format. */
class ShardedClusterIT {

    private static ClusterOfNodes cluster;

    @RegisterExtension
    static final NodeLogs LOGS = new NodeLogs(() -> cluster);

    @BeforeAll
    static void start() throws Exception {
        cluster = ClusterOfNodes.startOn(Redis7.cluster(3, 3), 2);
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static RawClient at(int node, String name) throws Exception {
        return RawClient.connect(cluster.node(node).server(), name);
    }

    private static JsonObject on(String topic) {
        return new JsonObject().put("topic", topic);
    }

    private static String join(RawClient client, String topic) throws Exception {
        var answer = client.ask("presence:join", on(topic));
        assertThat(answer.getBoolean("ok")).as(answer.encode()).isTrue();
        return answer.getJsonObject("member").getString("id");
    }

    private static List<String> told(RawClient client, String event) {
        return client.events(event).stream()
                .map(argument -> argument.getJsonObject("member").getString("id"))
                .toList();
    }

    private static List<String> members(RawClient client, String topic) throws Exception {
        return client.ask("presence:list", on(topic)).getJsonArray("members").stream()
                .map(member -> ((JsonObject) member).getString("id"))
                .toList();
    }

    @Test
    void commentsReachWhoeverIsOnTheOtherNode() throws Exception {
        try (var crowd = Crowd.of(cluster, "sharded")) {
            crowd.awaitMoreOfEveryone(20);
            crowd.assertNothingLost();
        }
    }

    /** Its channels are spread over the masters by the rooms' names. */
    @Test
    void anotherServersBroadcastsReachTheirRoomsAndEveryone() throws Exception {
        try (var ann = at(0, "Ann");
                var bo = at(1, "Bo")) {
            for (int i = 0; i < 10; i++) {
                String topic = "room-" + i;
                bo.ask("topic:subscribe", on(topic).put("after", 0));
                String room = "topic:" + topic;
                String channel = "socket.io#/#" + room + '#';
                cluster.awaitHearers(channel, 1);
                publish(channel, RedisWire.sharded("to-" + topic, room));
                bo.awaitEvent("to-" + topic);
                assertThat(ann.events("to-" + topic)).isEmpty();
            }
            publish("socket.io#/#", RedisWire.sharded("to-all"));
            for (RawClient client : List.of(ann, bo)) {
                client.awaitEvent("to-all");
                assertThat(client.events("to-all")).hasSize(1);
            }
        }
    }

    private static void publish(String channel, String message) throws Exception {
        RedisWire.publishSharded(cluster.redis().port(), channel, message);
    }

    /** On two nodes of a cluster of their own, beside the others on the same Redis. */
    @Test
    void aRoomThatIsOnTwoNodesHearsWhatIsSentOnEither() {
        var config = new JsonObject()
                .put("diagnostics", new JsonObject().put("echo", true))
                .put("redis", new JsonObject().put("key", "echo"));
        try (var one = cluster.launch(config, Map.of());
                var other = cluster.launch(config, Map.of())) {
            ClusterOfNodes.awaitMembers(List.of(one, other), 2);
            String here = joined(one.server());
            String there = joined(other.server());
            cluster.awaitHearers("echo#/#room#", 2);
            assertThat(other.server()
                            .postText(there, "421[\"publish\",\"room\",\"hello\"]")
                            .body())
                    .isEqualTo("ok");
            awaitHeard(one.server(), here, "42[\"message\",\"hello\"]");
            awaitHeard(other.server(), there, "42[\"message\",\"hello\"]");
        }
    }

    /** Opens a session that polls. @return its path */
    private static String joined(ServerProcess server) {
        String path = "/socket.io/?EIO=4&transport=polling";
        server.awaitRunning();
        String session = path + "&sid=" + new JsonObject(server.get(path).body().substring(1)).getString("sid");
        assertThat(server.postText(session, "40").body()).isEqualTo("ok");
        assertThat(server.postText(session, "420[\"join\",\"room\"]").body()).isEqualTo("ok");
        awaitHeard(server, session, "430[]");
        return session;
    }

    private static void awaitHeard(ServerProcess server, String session, String packet) {
        await(packet)
                .atMost(ServerProcess.PATIENCE)
                .until(() -> server.get(session).body().contains(packet));
    }

    @Test
    void whoIsPresentOnOneNodeIsSeenOnTheOtherUntilTheNodeDies() throws Exception {
        var victim = cluster.node(0);
        try (var crowd = Crowd.of(cluster, "killed");
                var ann = at(0, "Ann");
                var bo = at(1, "Bo")) {
            String annId = join(ann, "p-sharded");
            String boId = join(bo, "p-sharded");
            await().atMost(ServerProcess.PATIENCE)
                    .until(() -> told(ann, "presence:joined").contains(boId));
            assertThat(members(bo, "p-sharded")).containsExactlyInAnyOrder(annId, boId);
            Signals.reach(bo, on("p-sharded").put("data", new JsonObject().put("cursor", 7)), List.of(ann));
            assertThat(ann.awaitEvent("presence:signal").getString("from")).isEqualTo(boId);

            victim.server().kill9();
            await().atMost(ServerProcess.PATIENCE)
                    .until(() -> told(bo, "presence:left").equals(List.of(annId)));
            assertThat(members(bo, "p-sharded")).containsExactly(boId);
            ClusterOfNodes.awaitMembers(cluster.others(victim), 1);
            crowd.awaitMore(20);

            victim.server().launch();
            cluster.awaitWhole();
            crowd.awaitMoreOfEveryone(5);
            crowd.assertNothingLost();
            assertThat(told(bo, "presence:left")).containsExactly(annId);
        }
    }
}
