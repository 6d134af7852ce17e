package io.collabcluster.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.report.Metric;
import io.collabcluster.bench.report.Sample;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios of clusters, as tiny as can be, on real nodes. A cluster that is absent is skipped. */
class ClusterScenariosTest {

    private static final Scenario FAN_OUT = scenario("cluster-fan-out");
    private static final Scenario QUIET_NODES = scenario("quiet-nodes");
    private static final int MESSAGES = 100;

    private static Scenario scenario(String id) {
        return Scenarios.all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Peer present(String id) {
        Peer peer = Stream.concat(Peer.all().stream(), Peer.clusters().stream())
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        Optional<String> absence = peer.absence();
        assumeTrue(absence.isEmpty(), () -> absence.orElse(""));
        return peer;
    }

    @Test
    void onlyClustersOfThreeNodesFit() {
        assertThat(Stream.concat(Peer.all().stream(), Peer.clusters().stream()).filter(FAN_OUT::fits))
                .allMatch(QUIET_NODES::fits)
                .extracting(Peer::id)
                .containsExactly("node-socketio-redis", "collab-jvm-redis", "collab-native-redis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-socketio-redis", "collab-jvm-redis", "collab-native-redis"})
    void aFanOutReachesTheSocketsOfAllNodesAndTheRedisIsMeasuredApart(String id) {
        List<Sample> samples = FAN_OUT.run(present(id), Size.TINY, 1);

        assertThat(samples).hasSize(2).allSatisfy(sample -> {
            assertThat(sample.of().reference()).isEqualTo("node-socketio-redis");
            assertThat(sample.figures()).containsEntry(Metric.LOST, 0.0).containsKey(Metric.REDIS_CPU);
            assertThat(sample.figures().get(Metric.RATE)).isPositive();
            assertThat(sample.figures().get(Metric.RESIDENT)).isPositive();
        });
    }

    /** The library subscribes to every room by a pattern; so what is counted is known. */
    @Test
    void eachNodeOfTheLibraryGetsEveryMessage() {
        assertThat(QUIET_NODES.run(present("node-socketio-redis"), Size.TINY, 1))
                .singleElement()
                .satisfies(sample -> assertThat(sample.figures())
                        .containsEntry(Metric.STRAYS, 2.0 * MESSAGES)
                        .containsEntry(Metric.LOST, 0.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"collab-jvm-redis", "collab-native-redis"})
    void oursGetNothingForARoomThatTheyDoNotHold(String id) {
        assertThat(QUIET_NODES.run(present(id), Size.TINY, 1)).singleElement().satisfies(sample -> {
            assertThat(sample.figures()).containsEntry(Metric.STRAYS, 0.0).containsEntry(Metric.LOST, 0.0);
            assertThat(sample.remark().orElse("")).contains("the 2 nodes without a member had at most ");
        });
    }
}
