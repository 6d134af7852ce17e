package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Three nodes on a Postgres that is replicated synchronously, and whose standby takes over. */
class PostgresFailOverIT {

    @Test
    void whatWasAcknowledgedIsThereOnceAfterTheStandbyTookOver() throws Exception {
        try (var postgres = ReplicatedPostgres.start();
                var cluster = ClusterOfNodes.startOn(postgres.url(), 3);
                var crowd = Crowd.of(cluster, "failed-over")) {
            postgres.killPrimary();
            for (ClusterNode node : cluster.nodes()) {
                assertThat(node.server().awaitState("paused").getString("reason"))
                        .isEqualTo("The following dependent services are unavailable: DB Service");
            }
            postgres.promoteStandby();
            cluster.awaitWhole();
            crowd.awaitMoreOfEveryone(10);
            crowd.assertNothingLost();
            assertThat(cluster.nodes())
                    .allSatisfy(node ->
                            assertThat(crowd.followerAt(node).connections()).isEqualTo(1));
        }
    }
}
