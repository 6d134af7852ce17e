package io.collabcluster.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.posts.Pgbench;
import io.collabcluster.bench.report.Metric;
import io.collabcluster.bench.report.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommentPostsTest {

    private final Scenario scenario = new CommentPosts();

    @Test
    void everyAcknowledgedPostIsInPostgres() {
        check(ours());
    }

    @Test
    void pgbenchIsComparedHereOnly() {
        assertThat(scenario.peers())
                .allMatch(scenario::fits)
                .extracting(Peer::id)
                .containsExactly(Pgbench.ID);
        assertThat(Peer.all())
                .filteredOn(scenario::fits)
                .extracting(Peer::id)
                .containsExactly("collab-jvm", "collab-native");
    }

    @Test
    void pgbenchPostsByTheStatementOfTheServer() {
        assumePresent(ours());
        check(scenario.peers().getFirst());
    }

    private void check(Peer peer) {
        assumePresent(peer);
        List<Sample> samples = scenario.run(peer, Size.TINY, 1);
        assertThat(samples).hasSize(2).allSatisfy(sample -> {
            assertThat(sample.peer()).isEqualTo(peer.id());
            assertThat(sample.of().reference()).isEqualTo(Pgbench.ID);

            assertThat(sample.figures()).containsEntry(Metric.LOST, 0.0);
            assertThat(sample.figures().get(Metric.RATE)).isPositive();
            assertThat(sample.figures().get(Metric.P99))
                    .isGreaterThanOrEqualTo(sample.figures().get(Metric.P50));
        });
    }

    private static Peer ours() {
        return Peer.all().stream()
                .filter(peer -> peer.id().equals("collab-jvm"))
                .findFirst()
                .orElseThrow();
    }

    private static void assumePresent(Peer peer) {
        Optional<String> absence = peer.absence();
        assumeTrue(absence.isEmpty(), () -> absence.orElseThrow());
    }
}
