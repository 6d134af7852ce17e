package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** People on one topic: some write one comment after the other, some read along, at certain nodes and through the balancer. */
final class Crowd implements AutoCloseable {

    private final ClusterOfNodes cluster;
    private final String topic;
    private final List<Author> authors = new ArrayList<>();
    private final List<Follower> followers = new ArrayList<>();

    private Crowd(ClusterOfNodes cluster, String topic) {
        this.cluster = cluster;
        this.topic = topic;
    }

    /** An author and a follower at each node, and through the balancer; comments flow. */
    static Crowd of(ClusterOfNodes cluster, String topic) {
        var crowd = new Crowd(cluster, topic);
        for (ClusterNode node : cluster.nodes()) {
            crowd.follow(node.port());
        }
        crowd.follow(cluster.balancer().port());
        cluster.nodes().forEach(node -> crowd.write(node.port()));
        crowd.write(cluster.balancer().port());
        crowd.awaitMore(20);
        return crowd;
    }

    Follower follow(int port) {
        var follower = Follower.of(port, "follower-" + followers.size(), topic);
        followers.add(follower);
        return follower;
    }

    void write(int port) {
        var author = new Author(port, topic + "-" + authors.size(), topic);
        authors.add(author);
        author.begin();
    }

    /** Those who follow at the nodes, in the nodes' order. */
    Follower followerAt(ClusterNode node) {
        return followers.get(cluster.nodes().indexOf(node));
    }

    Follower followerAtBalancer() {
        return followers.get(cluster.nodes().size());
    }

    private int acknowledged() {
        return authors.stream().mapToInt(author -> author.acknowledged().size()).sum();
    }

    /** Waits until so many more comments are acknowledged, from now on. */
    void awaitMore(int more) {
        int before = acknowledged();
        await(more + " more comments").atMost(ServerProcess.PATIENCE).until(() -> acknowledged() >= before + more);
    }

    /** Waits until each author has so many more comments acknowledged. */
    void awaitMoreOfEveryone(int more) {
        var before =
                authors.stream().map(author -> author.acknowledged().size()).toList();
        await(more + " more comments of everyone")
                .atMost(ServerProcess.PATIENCE)
                .until(() -> {
                    for (int i = 0; i < before.size(); i++) {
                        if (authors.get(i).acknowledged().size() < before.get(i) + more) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /**
     * Lets the authors end. Then every comment that was acknowledged is kept, once, and under the number that was said;
     * nothing else is; and every follower was told all of it, once and in order.
     */
    void assertNothingLost() throws InterruptedException {
        Map<String, Long> promised = new HashMap<>();
        for (Author author : authors) {
            author.finish();
            promised.putAll(author.acknowledged());
        }
        Map<String, Long> kept = new HashMap<>();
        var order = new ArrayList<String>();
        for (JsonObject change : Comments.changes(cluster.node(0).server(), topic)) {
            order.add(change.getJsonObject("comment").getString("clientId"));
            kept.put(order.getLast(), change.getLong("sequence"));
        }
        assertThat(order).doesNotHaveDuplicates();
        assertThat(kept).isEqualTo(promised);
        assertEveryoneWasTold(order);
    }

    private void assertEveryoneWasTold(List<String> order) {
        await("everyone is told of " + order.size())
                .atMost(ServerProcess.PATIENCE)
                .untilAsserted(() -> assertThat(followers)
                        .allSatisfy(follower -> assertThat(follower.told()).hasSize(order.size())));
        assertThat(followers).allSatisfy(follower -> {
            assertThat(follower.faults()).isEmpty();
            assertThat(follower.told()).isEqualTo(order);
        });
    }

    @Override
    public void close() {
        authors.forEach(Author::close);
        followers.forEach(Follower::close);
    }
}
