package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is here, on three nodes: one list everywhere, also when a node dies, and when someone comes back elsewhere. */
class PresenceAcrossNodesIT {

    private static final JsonObject CURSOR = new JsonObject().put("cursor", 7);

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

    private static RawClient at(int node, String name) throws Exception {
        return RawClient.connect(cluster.node(node).server(), name);
    }

    private static JsonObject join(RawClient client, JsonObject request) throws Exception {
        var answer = client.ask("presence:join", request);
        assertThat(answer.getBoolean("ok")).as(answer.encode()).isTrue();
        return answer;
    }

    private static JsonObject on(String topic) {
        return new JsonObject().put("topic", topic);
    }

    private static String id(JsonObject joined) {
        return joined.getJsonObject("member").getString("id");
    }

    private static Set<String> members(RawClient client, String topic) throws Exception {
        return client.ask("presence:list", on(topic)).getJsonArray("members").stream()
                .map(member -> ((JsonObject) member).getString("id"))
                .collect(Collectors.toSet());
    }

    private static List<String> told(RawClient client, String event) {
        return client.events(event).stream()
                .map(argument -> argument.getJsonObject("member").getString("id"))
                .toList();
    }

    private static void awaitTold(RawClient client, String event, String... ids) {
        await(event).atMost(ServerProcess.PATIENCE).until(() -> told(client, event)
                .containsAll(List.of(ids)));
    }

    @Test
    void everyoneOfATopicIsSeenOnEveryNode() throws Exception {
        try (var ann = at(0, "Ann");
                var bo = at(1, "Bo");
                var cy = at(2, "Cy")) {
            String annId = id(join(ann, on("p-all").put("state", CURSOR)));
            String boId = id(join(bo, on("p-all")));
            String cyId = id(join(cy, on("p-all")));
            awaitTold(ann, "presence:joined", boId, cyId);
            for (RawClient client : List.of(ann, bo, cy)) {
                await().atMost(ServerProcess.PATIENCE).untilAsserted(() -> assertThat(members(client, "p-all"))
                        .containsExactlyInAnyOrder(annId, boId, cyId));
            }
            cy.ask("presence:update", on("p-all").put("state", CURSOR));
            awaitTold(bo, "presence:updated", cyId);
            Signals.reach(bo, on("p-all").put("data", CURSOR), List.of(ann, cy));
            assertThat(ann.awaitEvent("presence:signal").getString("from")).isEqualTo(boId);
            assertThat(cy.awaitEvent("presence:signal").getJsonObject("data")).isEqualTo(CURSOR);
            bo.ask("presence:leave", on("p-all"));
            awaitTold(ann, "presence:left", boId);
            awaitTold(cy, "presence:left", boId);
        }
    }

    @Test
    void theMembersOfADeadNodeLeaveOnce() throws Exception {
        var victim = cluster.node(0);
        try (var ann = at(0, "Ann");
                var al = at(0, "Al");
                var bo = at(1, "Bo");
                var cy = at(2, "Cy")) {
            String annId = id(join(ann, on("p-dead")));
            String alId = id(join(al, on("p-dead")));
            String boId = id(join(bo, on("p-dead")));
            String cyId = id(join(cy, on("p-dead")));
            awaitTold(bo, "presence:joined", cyId);

            victim.server().kill9();
            awaitTold(bo, "presence:left", annId, alId);
            awaitTold(cy, "presence:left", annId, alId);
            assertThat(members(bo, "p-dead")).containsExactlyInAnyOrder(boId, cyId);
            ClusterOfNodes.awaitMembers(cluster.others(victim), 2);

            victim.server().start();
            cluster.awaitWhole();
            try (var dee = at(0, "Dee")) {
                String deeId = id(join(dee, on("p-dead")));
                awaitTold(bo, "presence:joined", deeId);
                awaitTold(cy, "presence:joined", deeId);
                assertThat(told(bo, "presence:left")).containsExactlyInAnyOrder(annId, alId);
                assertThat(told(cy, "presence:left")).containsExactlyInAnyOrder(annId, alId);
            }
        }
    }

    @Test
    void whoComesBackOnAnotherNodeIsWhoItWas() throws Exception {
        try (var bo = at(1, "Bo")) {
            join(bo, on("p-back"));
            assertComesBack(bo, "p-back", false);
        }
    }

    @Test
    void whoComesBackAfterItsNodeHasDiedIsWhoItWas() throws Exception {
        try (var bo = at(1, "Bo")) {
            join(bo, on("p-survived"));
            assertComesBack(bo, "p-survived", true);
        } finally {
            cluster.node(0).server().start();
            cluster.awaitWhole();
        }
    }

    private static void assertComesBack(RawClient bo, String topic, boolean killed) throws Exception {
        JsonObject before;
        try (var ann = RawClient.connect(cluster.node(0).server(), "Ann", "ann-who-comes-back-elsewhere")) {
            before = join(ann, on(topic).put("state", CURSOR));
            ann.ask("topic:subscribe", on(topic).put("after", 0));
            bo.post(topic, "seen", "c1");
            ann.awaitEvent("comment:posted");
            awaitTold(bo, "presence:joined", id(before));
            if (killed) {
                cluster.node(0).server().kill9();
            }
        }
        bo.post(topic, "missed", "c2");
        try (var ann = RawClient.connect(cluster.node(2).server(), "Ann", "ann-who-comes-back-elsewhere")) {
            var after = join(ann, on(topic).put("token", before.getString("token")));
            assertThat(after.getJsonObject("member")).isEqualTo(before.getJsonObject("member"));
            var missed = ann.ask("topic:subscribe", on(topic).put("after", 1)).getJsonArray("changes");
            assertThat(missed.stream().map(change -> ((JsonObject) change)
                            .getJsonObject("comment")
                            .getString("text")))
                    .containsExactly("missed");

            ann.ask("presence:update", on(topic).put("state", new JsonObject().put("cursor", 8)));
            awaitTold(bo, "presence:updated", id(before));
            if (killed) {
                ClusterOfNodes.awaitMembers(List.of(cluster.node(1), cluster.node(2)), 2);
            }
            ann.ask("presence:leave", on(topic));
            awaitTold(bo, "presence:left", id(before));
            assertThat(told(bo, "presence:left")).hasSize(1);
            assertThat(told(bo, "presence:joined")).hasSize(1);
        }
    }
}
