package io.collabcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.operator.Balancing.Balance;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterStatus;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Contexts;
import io.collabcluster.operator.fake.FakeNodes;
import io.collabcluster.operator.pod.ClusterSecrets;
import io.collabcluster.operator.scaling.Reading;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BalancingTest {

    private final FakeNodes nodes = new FakeNodes();
    private final CollabCluster cluster = Clusters.of("replicas: 3", "balancing: {shedAfterGrowth: true}");
    private final Secret internal =
            Contexts.owned(cluster, "demo-internal", Map.of(ClusterSecrets.OPERATOR_TOKEN, "token"));
    private final Map<String, Reading> census =
            Map.of("a", FakeNodes.running(90), "b", FakeNodes.running(90), "c", FakeNodes.running(0));
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final Balancing balancing = new Balancing(nodes, ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @Test
    void aNodeThatNeverAgreesIsNotAskedForEver() {
        balanced(2);
        nodes.refusesToShed("b", "/admin/shed answers 409");
        assertThat(round().replicas()).isEqualTo(2);
        now = now.plus(Duration.ofMinutes(9));
        assertThat(round().replicas()).isEqualTo(2);
        now = now.plus(Duration.ofMinutes(2));
        Balance last = round();
        assertThat(last.replicas()).isEqualTo(3);
        assertThat(last.happenings()).singleElement().satisfies(told -> assertThat(told.message())
                .isEqualTo("b is asked to shed 33 % of its connections, and can't: /admin/shed answers 409"));
    }

    /** Refusals of one growth say nothing about the next. */
    @Test
    void theNextGrowthAsksThoseThatHaveAgreedBeforeToo() {
        balanced(2);
        nodes.refusesToShed("b", "/admin/shed answers 409");
        round();
        assertThat(nodes.sheds()).containsOnlyKeys("a");
        balanced(3);
        assertThat(round().happenings()).isEmpty();
        balanced(2);
        nodes.sheds().clear();
        round();
        assertThat(nodes.sheds()).containsOnlyKeys("a");
    }

    /** A round may come before the status that says so is back. */
    @Test
    void whoWasAskedIsNotAskedAgainWhileTheStatusIsOld() {
        balanced(2);
        assertThat(round().replicas()).isEqualTo(3);
        assertThat(nodes.sheds()).containsOnlyKeys("a", "b");
        nodes.sheds().clear();
        assertThat(round()).isEqualTo(new Balance(3, List.of()));
        assertThat(nodes.sheds()).isEmpty();

        balanced(3);
        assertThat(round()).isEqualTo(new Balance(3, List.of()));
        balanced(2);
        round();
        assertThat(nodes.sheds()).containsOnlyKeys("a", "b");
    }

    private void balanced(int replicas) {
        cluster.setStatus(new CollabClusterStatus(1, 3, 3, "", 0, "", List.of(), List.of(), replicas));
    }

    private Balance round() {
        return balancing.afterGrowth(
                cluster, Optional.of(deployment()), List.of(pod("a"), pod("b"), pod("c")), census, Set.of(internal));
    }

    private static Deployment deployment() {
        return new DeploymentBuilder()
                .withNewStatus()
                .withReplicas(3)
                .withReadyReplicas(3)
                .endStatus()
                .build();
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("10.0.0.1")
                .endStatus()
                .build();
    }
}
