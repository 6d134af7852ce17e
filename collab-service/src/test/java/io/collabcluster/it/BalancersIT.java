package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.balance.recipe.BalancerBinary;
import io.collabcluster.balance.recipe.Mode;
import io.collabcluster.balance.recipe.Product;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** nginx and HAProxy themselves, by their recipes, in front of three real nodes. */
class BalancersIT {

    private static final int KEYS = 200;

    /** So many comments between a fault and the next. */
    private static final int SOME = 5;

    private static ClusterOfNodes cluster;

    @RegisterExtension
    static final NodeLogs LOGS = new NodeLogs(() -> cluster);

    @TempDir
    Path folder;

    private TestReporter reporter;

    @BeforeEach
    void report(TestReporter to) {
        reporter = to;
    }

    @BeforeAll
    static void start() throws Exception {
        cluster = ClusterOfNodes.start(
                3, new JsonObject().put("proxy", new JsonObject().put("trusted", new JsonArray().add("127.0.0.1"))));
    }

    @AfterAll
    static void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** A balancer, and who comes through it: one who writes, one who polls, and one with a WebSocket. */
    private record Way(BalancerProcess balancer, RestAuthor author, PollingFollower polling, Follower socket)
            implements AutoCloseable {

        static Way of(BalancerProcess balancer) {
            String topic = balancer.name();
            return new Way(
                    balancer,
                    new RestAuthor(balancer.port(), topic),
                    PollingFollower.of(balancer.port(), "key=" + topic, topic),
                    Follower.of(balancer.port(), topic, topic));
        }

        int told() {
            return Math.min(polling.told().size(), socket.told().size());
        }

        @Override
        public String toString() {
            return balancer.name() + ": " + author.acknowledged().size() + " acknowledged; " + polling + "; " + socket;
        }

        @Override
        public void close() {
            author.close();
            polling.close();
            socket.close();
            balancer.close();
        }
    }

    /** Every mode of every balancer that this machine has. */
    private List<Way> everyWay() throws Exception {
        List<Callable<Way>> starts = new ArrayList<>();
        for (Product product : products()) {
            for (Mode mode : Mode.values()) {
                starts.add(() -> Way.of(BalancerProcess.start(folder, product, mode, false, cluster.nodes())));
            }
            for (Mode mode : List.of(Mode.IP, Mode.LEASTCONN)) {
                starts.add(() -> Way.of(BalancerProcess.start(folder, product, mode, true, cluster.nodes())));
            }
        }
        return atOnce(starts);
    }

    private List<Product> products() {
        List<Product> there = new ArrayList<>();
        List<TestAbortedException> missing = new ArrayList<>();
        for (Product product : Product.values()) {
            try {
                BalancerBinary.of(product, folder);
                there.add(product);
            } catch (TestAbortedException e) {
                missing.add(e);
            }
        }
        if (there.isEmpty()) {
            throw missing.getFirst();
        }
        missing.forEach(each -> reporter.publishEntry(each.getMessage()));
        return there;
    }

    /** Where one fails, the others end. */
    private static List<Way> atOnce(List<Callable<Way>> starts) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Way>> started = threads.invokeAll(starts);
            List<Way> ways = started.stream()
                    .filter(each -> each.state() == Future.State.SUCCESS)
                    .map(Future::resultNow)
                    .toList();
            started.stream()
                    .filter(each -> each.state() != Future.State.SUCCESS)
                    .findFirst()
                    .ifPresent(failed -> {
                        ways.forEach(Way::close);
                        throw new AssertionError("a way could not be opened", failed.exceptionNow());
                    });
            return ways;
        }
    }

    /** Each node in turn, so that nobody's is spared. */
    @Test
    void whoeverWasAtAKilledNodeComesBackAndHasMissedNothing() throws Exception {
        List<Way> ways = everyWay();
        try {
            ways.forEach(way -> way.author().begin());
            awaitMore(ways);
            for (ClusterNode victim : cluster.nodes()) {
                // The one before is back.
                cluster.nodes().forEach(node -> node.server().awaitRunning());
                victim.server().kill9();
                awaitMore(ways);
                victim.server().launch();
            }
            for (Way way : ways) {
                way.author().finish();
                assertNothingLost(way);
            }
        } finally {
            ways.forEach(Way::close);
            cluster.awaitWhole();
        }
    }

    /** More than there are now, at everyone: so everyone's comments pass again, to and fro. */
    private static void awaitMore(List<Way> ways) {
        Map<Way, Integer> enough = new HashMap<>();
        ways.forEach(way -> enough.put(way, way.author().acknowledged().size() + SOME));
        await("more comments pass on every way").atMost(ServerProcess.PATIENCE).untilAsserted(() -> assertThat(ways)
                .allSatisfy(way -> assertThat(way.told()).isGreaterThan(enough.get(way))));
    }

    private static void assertNothingLost(Way way) {
        List<String> all = way.author().acknowledged();
        await(way.balancer().name()).atMost(ServerProcess.PATIENCE).untilAsserted(() -> {
            assertThat(way.polling().told()).isEqualTo(all);
            assertThat(way.socket().told()).isEqualTo(all);
        });
        assertThat(way.polling().faults()).as(way.toString()).isEmpty();
        assertThat(way.socket().faults()).as(way.toString()).isEmpty();
        assertThat(way.polling().connections()).as(way.toString()).isGreaterThan(1);
        assertThat(way.socket().connections()).as(way.toString()).isGreaterThan(1);
    }

    @Test
    void aNodeMoreTakesItsShareOfTheKeysAndMovesNoOthers() throws Exception {
        List<Product> products = products();
        Map<Product, Map<String, String>> before = new EnumMap<>(Product.class);
        for (Product product : products) {
            try (var balancer = BalancerProcess.start(folder, product, Mode.KEY, false, cluster.nodes())) {
                before.put(product, nodeOfEachKey(balancer));
                assertThat(nodeOfEachKey(balancer)).isEqualTo(before.get(product));
            }
        }
        try (ClusterNode fourth = cluster.join(new JsonObject(), Map.of())) {
            List<ClusterNode> four = new ArrayList<>(cluster.nodes());
            four.add(fourth);
            String id = BalancerProcess.nodeThatOpens(fourth.port(), "any");
            for (Product product : products) {
                try (var balancer = BalancerProcess.start(folder, product, Mode.KEY, false, four)) {
                    assertMovesItsShare(before.get(product), nodeOfEachKey(balancer), id);
                }
            }
        }
    }

    private static void assertMovesItsShare(Map<String, String> before, Map<String, String> after, String fourth) {
        long moved = before.keySet().stream()
                .filter(key -> !before.get(key).equals(after.get(key)))
                .count();
        // 1/(N+1) with N = 3; a ring of hashes isn't as even as it could be.
        assertThat(moved / (double) KEYS).isBetween(0.1, 0.42);
        before.forEach((key, node) -> assertThat(after.get(key)).isIn(node, fourth));
    }

    private static Map<String, String> nodeOfEachKey(BalancerProcess balancer)
            throws IOException, InterruptedException {
        Map<String, String> nodes = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            nodes.put("key" + i, BalancerProcess.nodeThatOpens(balancer.port(), "key" + i));
        }
        return nodes;
    }
}
