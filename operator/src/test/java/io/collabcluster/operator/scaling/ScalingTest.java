package io.collabcluster.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.collabcluster.operator.api.Annotations;
import io.collabcluster.operator.api.NodeReport;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScalingTest {

    @Test
    void aPodCostsItsConnections() {
        List<Pod> pods = List.of(pod("a"), pod("b"), pod("c"), pod("d"));
        Map<String, Reading> census = Map.of(
                "a", answered("running", 12),
                "b", new Reading.Unreachable("no route"),
                "c", answered("draining", 30));
        assertThat(DeletionCosts.changed(pods, census, List.of()))
                .isEqualTo(Map.of("a", "12", "b", "-1", "c", "0", "d", "-1"));
    }

    /** Who is busy answers late; who is not ready has nobody to lose. */
    @Test
    void aReadyNodeThatDoesNotAnswerCostsWhatItHadLast() {
        var silent = new Reading.Unreachable("/status does not answer in time");
        List<Pod> pods = List.of(ready("a"), ready("b"), ready("c"), pod("d"));
        List<NodeReport> before =
                List.of(report("a", "running", 900), report("b", "draining", 30), report("d", "running", 7));
        assertThat(DeletionCosts.changed(pods, Map.of("a", silent, "b", silent, "c", silent, "d", silent), before))
                .isEqualTo(Map.of("a", "900", "b", "0", "c", "-1", "d", "-1"));
        assertThat(DeletionCosts.changed(List.of(ready("a")), Map.of("a", answered("running", 3)), before))
                .isEqualTo(Map.of("a", "3"));
    }

    private static NodeReport report(String name, String state, int connections) {
        return new NodeReport(name, state, "", connections, "1", false);
    }

    private static Pod ready(String name) {
        return new PodBuilder(pod(name))
                .editStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    @Test
    void aCostThatIsThereIsNotWrittenAgain() {
        Pod pod = new PodBuilder(pod("a"))
                .editMetadata()
                .addToAnnotations(Annotations.POD_DELETION_COST, "12")
                .endMetadata()
                .build();
        assertThat(DeletionCosts.changed(List.of(pod), Map.of("a", answered("running", 12)), List.of()))
                .isEmpty();
        assertThat(DeletionCosts.changed(List.of(pod), Map.of("a", answered("running", 13)), List.of()))
                .isEqualTo(Map.of("a", "13"));
    }

    @Test
    void nodesFarAboveTheMeanShedWhatIsAboveIt() {
        Map<String, Double> shares = Shares.toShed(
                Map.of("a", answered("running", 100), "b", answered("running", 52), "c", answered("running", 0)));
        assertThat(shares).containsOnlyKeys("a");
        assertThat(shares.get("a")).isCloseTo(0.493, within(0.001));
    }

    @Test
    void nobodyShedsWhileNotAllAreWell() {
        assertThat(Shares.toShed(Map.of("a", answered("running", 100), "b", answered("paused", 0))))
                .isEmpty();
        assertThat(Shares.toShed(Map.of("a", answered("running", 100), "b", new Reading.Unreachable("x"))))
                .isEmpty();
        assertThat(Shares.toShed(Map.of("a", answered("running", 100)))).isEmpty();
        assertThat(Shares.toShed(Map.of("a", answered("running", 0), "b", answered("running", 0))))
                .isEmpty();
    }

    @Test
    void nodesThatDoNotAllRunAreToldFromNodesThatAreEven() {
        assertThat(Shares.allRun(Map.of("a", answered("running", 1), "b", answered("running", 1))))
                .isTrue();
        assertThat(Shares.allRun(Map.of("a", answered("running", 1), "b", answered("draining", 1))))
                .isFalse();
        assertThat(Shares.allRun(Map.of("a", new Reading.Unreachable("x")))).isFalse();
    }

    @Test
    void theCensusAsksThosePodsThatRun() {
        NodeClient client = new NodeClient() {
            @Override
            public Reading status(Node node) {
                if (node.pod().equals("b")) {
                    throw new IllegalStateException("broken");
                }
                return answered("running", 3);
            }

            @Override
            public Optional<String> shed(Node node, double share, String token) {
                throw new UnsupportedOperationException();
            }
        };
        var census = new ConnectionCensus(client).take(List.of(pod("a"), pod("b"), pending("c")));
        assertThat(census.get("a")).isEqualTo(answered("running", 3));
        assertThat(census.get("b")).isInstanceOf(Reading.Unreachable.class);
        assertThat(census).doesNotContainKey("c");
    }

    private static Reading answered(String state, int connections) {
        return new Reading.Answered(state, "", connections, "1");
    }

    private static Pod pod(String name) {
        return new PodBuilder(pending(name))
                .editStatus()
                .withPhase("Running")
                .withPodIP("10.0.0.1")
                .endStatus()
                .build();
    }

    private static Pod pending(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
    }
}
