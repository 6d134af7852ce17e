package io.collabcluster.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.collabcluster.status.NodeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ServerListTest {

    private static final int KEYS = 20_000;

    private static ServerRecord node(int i, int weight, double load, NodeState state) {
        return new ServerRecord("n%03d".formatted(i), "https://n" + i + ".example.com", weight, load, state);
    }

    private static ServerRecord node(int i) {
        return node(i, 100, 0, NodeState.RUNNING);
    }

    private static List<ServerRecord> nodes(int count) {
        return IntStream.range(0, count).mapToObj(ServerListTest::node).toList();
    }

    private static String first(List<ServerRecord> nodes, String key) {
        return ServerList.of(nodes, key, 1).servers().getFirst().id();
    }

    private static Map<String, Integer> shares(List<ServerRecord> nodes) {
        Map<String, Integer> shares = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            shares.merge(first(nodes, "user" + i), 1, Integer::sum);
        }
        return shares;
    }

    @Test
    void keysAreSpreadEvenly() {
        Map<String, Integer> shares = shares(nodes(5));
        assertThat(shares).hasSize(5);
        assertThat(shares.values())
                .allSatisfy(share -> assertThat(share / (double) KEYS).isCloseTo(0.2, within(0.02)));
    }

    @Test
    void aNodeGetsItsWeightsShare() {
        Map<String, Integer> shares = shares(List.of(
                node(1, 100, 0, NodeState.RUNNING),
                node(2, 200, 0, NodeState.RUNNING),
                node(3, 100, 0, NodeState.RUNNING)));
        assertThat(shares.get("n002") / (double) KEYS).isCloseTo(0.5, within(0.02));
        assertThat(shares.get("n001") / (double) KEYS).isCloseTo(0.25, within(0.02));
    }

    @Test
    void aNodeThatComesToNTakesAPartInNPlus1OfTheKeysAndMovesNoOthers() {
        for (int n : List.of(1, 3, 9)) {
            int moved = 0;
            for (int i = 0; i < KEYS; i++) {
                String before = first(nodes(n), "user" + i);
                String after = first(nodes(n + 1), "user" + i);
                if (!before.equals(after)) {
                    moved++;
                    assertThat(after).isEqualTo("n%03d".formatted(n));
                }
            }
            assertThat(moved / (double) KEYS).isCloseTo(1.0 / (n + 1), within(0.02));
        }
    }

    @Test
    void theOrderOfTheRegistryDoesNotMatter() {
        List<ServerRecord> nodes = nodes(7);
        List<ServerRecord> turned = new ArrayList<>(nodes.reversed());
        assertThat(ServerList.of(turned, "ann", 7)).isEqualTo(ServerList.of(nodes, "ann", 7));
        assertThat(ServerList.of(nodes, "ann", 3).servers())
                .isEqualTo(ServerList.of(nodes, "ann", 7).servers().subList(0, 3));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RUNNING")
    void onlyRunningNodesAreOnTheList(NodeState other) {
        var list = ServerList.of(List.of(node(1), node(2, 100, 0, other)), "ann", 9);
        assertThat(list.servers()).extracting(ServerRecord::id).containsExactly("n001");
    }

    @Test
    void aNodeWithMoreThanAQuarterAboveTheMeanIsLeftOut() {
        var list = ServerList.of(
                List.of(
                        node(1, 100, 1000, NodeState.RUNNING),
                        node(2, 100, 1200, NodeState.RUNNING),
                        node(3, 100, 1700, NodeState.RUNNING)),
                "ann",
                9);
        assertThat(list.servers()).extracting(ServerRecord::id).containsExactlyInAnyOrder("n001", "n002");
    }

    @Test
    void aPausedNodesLoadCountsForNothing() {
        var list = ServerList.of(
                List.of(
                        node(1, 100, 1000, NodeState.RUNNING),
                        node(2, 100, 1200, NodeState.RUNNING),
                        node(3, 100, 0, NodeState.PAUSED)),
                "ann",
                9);
        assertThat(list.servers()).hasSize(2);
    }

    @Test
    void whereEverybodyHasLittleToDoNobodyIsLeftOut() {
        var list = ServerList.of(List.of(node(1), node(2), node(3, 100, 9, NodeState.RUNNING)), "ann", 9);
        assertThat(list.servers()).hasSize(3);
    }

    @Test
    void theListHasItsPublishedShape() {
        var list = ServerList.of(List.of(node(1, 50, 12.34, NodeState.RUNNING)), "ann", 3);
        assertThat(list.json().encode())
                .isEqualTo("{\"ttl\":10,\"servers\":[{\"id\":\"n001\",\"url\":"
                        + "\"https://n1.example.com\",\"weight\":50,\"load\":12.3,\"state\":\"running\"}]}");
        assertThat(ServerList.of(List.of(), "ann", 3).json().encode()).isEqualTo("{\"ttl\":10,\"servers\":[]}");
    }

    @Test
    void theTagChangesWithTheServersAndNotWithTheirLoads() {
        String tag = ServerList.of(nodes(3), "ann", 3).etag();
        List<ServerRecord> busier = nodes(3).stream()
                .map(n -> new ServerRecord(n.id(), n.url(), n.weight(), 5, n.state()))
                .toList();
        assertThat(ServerList.of(busier, "ann", 3).etag()).isEqualTo(tag).matches("W/\"[0-9a-f-]+\"");
        assertThat(ServerList.of(nodes(3), "ann", 2).etag()).isNotEqualTo(tag);
        assertThat(ServerList.of(nodes(4), "ann", 4).etag()).isNotEqualTo(tag);
    }
}
