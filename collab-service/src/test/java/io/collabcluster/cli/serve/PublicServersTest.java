package io.collabcluster.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.balance.ServerRecord;
import io.collabcluster.cluster.node.NodeRecord;
import io.collabcluster.engineio.NodeId;
import io.collabcluster.status.NodeState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublicServersTest {

    private static NodeRecord node(String id, Optional<String> url, String state, int weight) {
        return new NodeRecord(
                new NodeId(id),
                "uid",
                "10.0.0.1:3001",
                url,
                weight,
                state,
                300,
                70,
                "1",
                Instant.EPOCH,
                Optional.empty());
    }

    @Test
    void loadsOfNodesOfDifferentSizeCompare() {
        var servers = PublicServers.of(List.of(node("n001", Optional.of("https://a"), "running", 200)));
        assertThat(servers).containsExactly(new ServerRecord("n001", "https://a", 200, 150, NodeState.RUNNING));
    }

    @Test
    void whoHasNoAddressOfItsOwnOrAnUnknownStateIsNotOffered() {
        assertThat(PublicServers.of(List.of(
                        node("n001", Optional.empty(), "running", 100),
                        node("n002", Optional.of("https://b"), "dancing", 100),
                        node("n003", Optional.of("https://c"), "running", 0))))
                .isEmpty();
    }
}
