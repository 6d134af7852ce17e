package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.FreePorts;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three nodes that hand their clients over to one another, and requests that can't be handed over. */
class NodesHandOverIT {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final JsonObject UNKNOWN = new JsonObject().put("code", 1).put("message", "Session ID unknown");

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
    void aNodeThatAnOperatorDrainsHandsItsClientsToTheOthers() throws Exception {
        var drained = cluster.node(0);
        List<RawClient> clients = new ArrayList<>();
        try (var crowd = Crowd.of(cluster, "drained")) {
            for (int i = 0; i < 10; i++) {
                clients.add(RawClient.connect(drained.server(), "client-" + i));
            }
            List<Follower> roaming = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                roaming.add(crowd.follow(cluster.balancer().port()));
            }
            var answer = drained.server().operate("/admin/drain", ClusterOfNodes.OPERATOR_TOKEN, new JsonObject());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            assertThat(new JsonObject(answer.body()).getString("state")).isEqualTo("draining");
            assertThat(new JsonObject(answer.body()).getInteger("sessions")).isGreaterThan(clients.size());
            assertRefusesNewSessions(drained);
            assertToldAndClosedOverTheWindow(clients);

            await("nobody is left").atMost(ServerProcess.PATIENCE).until(() -> sessions(drained) == 0);
            await("the followers are elsewhere").atMost(ServerProcess.PATIENCE).untilAsserted(() -> assertThat(roaming)
                    .allSatisfy(follower -> assertThat(follower.live()).isTrue()));
            assertThat(roaming.stream().mapToInt(Follower::connections).sum()).isGreaterThan(roaming.size());
            crowd.awaitMore(20);

            drained.server().terminate();
            assertThat(drained.server().exitCode()).isEqualTo(143);
            drained.server().start();
            crowd.followerAt(drained).awaitLive();
            crowd.awaitMoreOfEveryone(5);
            crowd.assertNothingLost();
        } finally {
            clients.forEach(RawClient::close);
        }
        cluster.awaitWhole();
    }

    private static int sessions(ClusterNode node) {
        return node.server()
                .status()
                .getJsonObject("main")
                .getJsonObject("connections")
                .getInteger("current");
    }

    private static void assertRefusesNewSessions(ClusterNode node) {
        assertThat(node.server().get("/status/ready").statusCode()).isEqualTo(503);
        assertThat(node.server().get(POLLING).statusCode()).isEqualTo(503);
    }

    private static void assertToldAndClosedOverTheWindow(List<RawClient> clients) throws Exception {
        var ends = new ArrayList<Long>();
        for (RawClient client : clients) {
            ends.add(client.closedAt());
            assertThat(client.events("server:draining")).hasSize(1);
        }
        ends.sort(null);
        // Of the window of 2 s; those of others are closed before, between and after.
        assertThat((ends.getLast() - ends.getFirst()) / 1_000_000)
                .as("milliseconds from the first to the last")
                .isGreaterThan(700);
    }

    /** Two more nodes, which the others reach through the test only. */
    @Test
    void whereNodesCannotReachOneAnotherStraysAreUnknownAndCommentsArrive() throws Exception {
        int onePort = FreePorts.next();
        int otherPort = FreePorts.next();
        try (var toOne = TcpProxy.to(onePort);
                var toOther = TcpProxy.to(otherPort);
                var one = cluster.launch(reachedThrough(toOne, onePort), Map.of());
                var other = cluster.launch(reachedThrough(toOther, otherPort), Map.of())) {
            one.server().awaitRunning();
            other.server().awaitRunning();
            var all = new ArrayList<>(cluster.nodes());
            all.addAll(List.of(one, other));
            ClusterOfNodes.awaitMembers(all, 5);
            assertStraysArrive(one, other);
            assertThat(toOne.taken(onePort)).isPositive();
            try (var crowd = Crowd.of(cluster, "apart")) {
                List.of(one, other).forEach(node -> {
                    crowd.follow(node.port());
                    crowd.write(node.port());
                });
                crowd.awaitMoreOfEveryone(5);
                assertStraysAreUnknown(one, other, toOne, toOther);
                crowd.awaitMoreOfEveryone(5);
                toOne.restore();
                toOther.restore();
                assertStraysArrive(one, other);
                crowd.assertNothingLost();
            }
        }
        ClusterOfNodes.awaitMembers(cluster.nodes(), 3);
    }

    private static JsonObject reachedThrough(TcpProxy way, int port) {
        return new JsonObject()
                .put("cluster", new JsonObject().put("port", port).put("address", "127.0.0.1:" + way.port()));
    }

    /** Opens a session that polls. @return its path */
    private static String session(ClusterNode owner) {
        String open = owner.server().get(POLLING).body();
        return POLLING + "&sid=" + new JsonObject(open.substring(1)).getString("sid");
    }

    private static void assertStraysArrive(ClusterNode owner, ClusterNode edge) {
        String path = session(owner);
        assertThat(edge.server().postText(path, "40{\"name\":\"Stray\"}").body())
                .isEqualTo("ok");
        assertThat(edge.server().get(path).body()).startsWith("40{");
    }

    private static void assertStraysAreUnknown(ClusterNode owner, ClusterNode edge, TcpProxy... ways) {
        String path = session(owner);
        assertThat(edge.server().postText(path, "40{\"name\":\"Stray\"}").body())
                .isEqualTo("ok");
        assertThat(edge.server().get(path).body()).startsWith("40{");
        var waiting = CompletableFuture.supplyAsync(() -> edge.server().get(path));
        for (TcpProxy way : ways) {
            way.cut();
        }
        var another = session(owner);
        // Each fails where there is no answer within 20 s.
        for (var answer : List.of(
                waiting.join(), edge.server().get(another), edge.server().postText(another, "40"))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(new JsonObject(answer.body())).isEqualTo(UNKNOWN);
        }
        for (ClusterNode node : List.of(owner, edge)) {
            assertThat(node.server().status().getString("state")).isEqualTo("running");
            assertThat(node.members()).hasSize(5);
        }
    }
}
