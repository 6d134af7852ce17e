package io.collabcluster.cli.serve;

import io.collabcluster.cluster.node.ForwardMetrics;
import io.collabcluster.cluster.node.NodeRegistry;
import io.collabcluster.status.ServerMetrics;

/** What Prometheus is told of the cluster. */
final class ClusterGauges {

    private ClusterGauges() {}

    static void register(ServerMetrics metrics, NodeRegistry registry, ForwardMetrics forwarded) {
        metrics.gauge("collab.cluster.nodes", "Live nodes of the cluster, as this one knows them", () -> registry.live()
                .size());
        metrics.gauge("collab.tunnels", "WebSockets of other nodes' sessions through this one", forwarded::tunnels);
        for (var outcome : ForwardMetrics.Outcome.values()) {
            metrics.counter(
                    "collab.forwarded",
                    "Requests whose session is on another node",
                    () -> forwarded.count(outcome),
                    "outcome",
                    outcome.label());
        }
    }
}
