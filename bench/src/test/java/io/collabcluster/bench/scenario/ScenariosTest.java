package io.collabcluster.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.report.Metric;
import io.collabcluster.bench.report.Sample;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario, as tiny as can be, on a peer that needs nothing but the Java machine. */
class ScenariosTest {

    private static final Peer PEER = Peer.all().stream()
            .filter(peer -> peer.id().equals("netty-socketio"))
            .findFirst()
            .orElseThrow();

    static Stream<String> ids() {
        return Scenarios.all().stream().filter(scenario -> scenario.fits(PEER)).map(Scenario::id);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void itMeasuresAndNothingIsLost(String id) {
        assumeTrue(PEER.absence().isEmpty(), () -> PEER.absence().orElse(""));
        Scenario scenario = Scenarios.all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();

        List<Sample> samples = scenario.run(PEER, Size.TINY, 1);

        assertThat(samples).isNotEmpty().allSatisfy(sample -> {
            assertThat(sample.of().scenario()).isEqualTo(id);
            assertThat(sample.peer()).isEqualTo("netty-socketio");
            assertThat(sample.figures().getOrDefault(Metric.LOST, 0.0)).isZero();
            assertThat(sample.figures().get(Metric.RESIDENT)).isPositive();
        });
        assertThat(samples.getLast().figures().get(Metric.RATE)).isPositive();
    }
}
