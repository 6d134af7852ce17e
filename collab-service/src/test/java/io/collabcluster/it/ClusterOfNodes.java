package io.collabcluster.it;

import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.TestRedis;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Server processes that share a Redis and a Postgres of their own, with a balancer in front that has no affinity. */
final class ClusterOfNodes implements AutoCloseable {

    static final String OPERATOR_TOKEN = "of-the-operator-of-this-cluster-of-nodes";

    private static final String APPENDING = "appendonly yes";

    private final List<TestRedis> redis;
    private final Optional<ExternalPostgres> postgres;
    private final JsonObject common;
    private final List<ClusterNode> nodes = new ArrayList<>();
    private final List<ClusterNode> guests = new ArrayList<>();
    private final TcpProxy balancer;

    private ClusterOfNodes(List<TestRedis> redis, Optional<ExternalPostgres> postgres, JsonObject common, int count) {
        this.redis = redis;
        this.postgres = postgres;
        this.common = common;
        for (int i = 0; i < count; i++) {
            nodes.add(node(new JsonObject(), Map.of()));
        }
        balancer = TcpProxy.to(nodes.stream().map(ClusterNode::port).toList());
    }

    private ClusterOfNodes begin() throws IOException {
        try {
            nodes.forEach(node -> node.server().launch());
            awaitWhole();
            return this;
        } catch (RuntimeException | AssertionError e) {
            e.addSuppressed(new AssertionError(output()));
            close();
            throw e;
        }
    }

    /** Started, and everyone knows everyone. @param more keys of every node's config.json */
    static ClusterOfNodes start(int count, JsonObject more) throws Exception {
        return start(List.of(TestRedis.start(APPENDING)), count, more);
    }

    /** On a Redis Cluster, which is closed with the nodes; they speak the sharded format. */
    static ClusterOfNodes startOn(List<TestRedis> masters, int count) throws Exception {
        var options = new JsonObject().put("mode", "cluster").put("adapter", "sharded");
        String url = "redis://127.0.0.1:" + masters.getFirst().port();
        return start(masters, count, new JsonObject().put("redisServerUrl", url).put("redis", options));
    }

    private static ClusterOfNodes start(List<TestRedis> redis, int count, JsonObject more) throws Exception {
        var postgres = ExternalPostgres.start();
        var database = new JsonObject().put("dataSource", postgres.dataSource(ExternalPostgres.PASSWORD));
        return new ClusterOfNodes(redis, Optional.of(postgres), database.mergeIn(more), count).begin();
    }

    /** On a Postgres of somebody else's. */
    static ClusterOfNodes startOn(String dburl, int count) throws IOException {
        var database = new JsonObject().put("dburl", dburl);
        var redis = List.of(TestRedis.start(APPENDING));
        return new ClusterOfNodes(redis, Optional.empty(), database, count).begin();
    }

    private ClusterNode node(JsonObject more, Map<String, String> environment) {
        var config = new JsonObject()
                .put("scaling", "horizontal")
                .put("cluster", new JsonObject().put("port", 0))
                .put("operator", new JsonObject().put("token", OPERATOR_TOKEN))
                .put("drain", new JsonObject().put("window", 2))
                .mergeIn(common.copy(), true)
                .mergeIn(more, true);
        return ClusterNode.of(
                config, redis().port(), postgres.map(ExternalPostgres::port).orElse(0), environment);
    }

    /**
     * Starts one more node, on the same Redis and Postgres, for as long as it isn't closed. The balancer doesn't know it.
     *
     * @param more keys of its config.json, which win
     */
    ClusterNode join(JsonObject more, Map<String, String> environment) {
        var guest = launch(more, environment);
        guest.server().awaitRunning();
        return guest;
    }

    /** The same, without waiting for it. */
    ClusterNode launch(JsonObject more, Map<String, String> environment) {
        var guest = node(more, environment);
        guests.add(guest);
        guest.server().launch();
        return guest;
    }

    /** Waits until every node runs, and knows as many as there are. */
    void awaitWhole() {
        nodes.forEach(node -> node.server().awaitRunning());
        awaitMembers(nodes, nodes.size());
    }

    static void awaitMembers(List<ClusterNode> nodes, int count) {
        await("every node knows " + count)
                .atMost(ServerProcess.PATIENCE)
                .ignoreExceptions()
                .until(() -> nodes.stream().allMatch(node -> node.members().size() == count));
    }

    /** The only one, or the first master. */
    TestRedis redis() {
        return redis.getFirst();
    }

    /** Waits until so many of the nodes hear a sharded channel: after the answer to a join, Redis may have to confirm yet. */
    void awaitHearers(String channel, int count) {
        await(channel).atMost(ServerProcess.PATIENCE).until(() -> hearers(channel) == count);
    }

    private long hearers(String channel) {
        return redis.stream()
                .map(master -> (List<?>) master.command("PUBSUB", "SHARDNUMSUB", channel))
                .mapToLong(counts -> (Long) counts.get(1))
                .sum();
    }

    ExternalPostgres postgres() {
        return postgres.orElseThrow();
    }

    List<ClusterNode> nodes() {
        return List.copyOf(nodes);
    }

    ClusterNode node(int index) {
        return nodes.get(index);
    }

    /** All but one. */
    List<ClusterNode> others(ClusterNode node) {
        return nodes.stream().filter(other -> other != node).toList();
    }

    TcpProxy balancer() {
        return balancer;
    }

    /** One follower of the topic on each node. */
    List<Follower> followEverywhere(String topic) {
        return nodes.stream()
                .map(node -> Follower.of(node.port(), "follower-" + nodes.indexOf(node), topic))
                .toList();
    }

    /** What the nodes have written. */
    String output() {
        var text = new StringBuilder();
        Stream.concat(nodes.stream(), guests.stream()).forEach(node -> text.append("\n== node at ")
                .append(node.port())
                .append('\n')
                .append(node.output()));
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(node -> node.server().terminate());
        nodes.forEach(ClusterNode::close);
        guests.forEach(ClusterNode::close);
        balancer.close();
        redis.forEach(TestRedis::close);
        if (postgres.isPresent()) {
            postgres.get().close();
        }
    }
}
