package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Names;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.RuleBuilder;
import java.util.List;
import java.util.stream.Stream;

/**
 * One alert about the nodes of a CollabCluster.
 *
 * @param expression in PromQL; {@code $nodes} stands for the selector of the cluster's nodes
 * @param minutes how long it has to hold
 * @param advice what to do: docs/kubernetes.md has more, under the alert's name
 */
record Alert(String name, String severity, String expression, int minutes, String summary, String advice) {

    private static final Alert DOWN = new Alert(
            "CollabClusterDown",
            "critical",
            "absent(up{$nodes} == 1)",
            2,
            "No node can be reached.",
            "kubectl describe collab says why no pod is ready.");
    private static final List<Alert> OF_NODES = List.of(
            new Alert(
                    "CollabClusterNodeDown",
                    "warning",
                    "up{$nodes} == 0",
                    5,
                    "A node can't be reached.",
                    "See the pod's state and its last log."),
            new Alert(
                    "CollabClusterEventLoopLate",
                    "warning",
                    "max by (pod) (collab_event_loop_lag_seconds{$nodes}) > 0.25",
                    10,
                    "A node has more to do than it can.",
                    "Add nodes, or give them more CPU."),
            new Alert(
                    "CollabClusterWaitsForPostgres",
                    "warning",
                    "max by (pod) (collab_postgres_pool_waiting{$nodes}) > 0",
                    10,
                    "Requests of a node wait for a connection to Postgres.",
                    "See how busy Postgres is, then raise dataSource.poolSize."),
            new Alert(
                    "CollabClusterRefusesClients",
                    "warning",
                    "sum by (reason) (rate(collab_refusals_total{$nodes}[5m])) > 1",
                    10,
                    "Nodes refuse clients.",
                    "The label reason says why."));

    /** Without nodes, that there is none that can be reached is as it should be. */
    static List<Rule> allOf(CollabCluster cluster) {
        Stream<Alert> down = cluster.getSpec().replicas() > 0 ? Stream.of(DOWN) : Stream.empty();
        return Stream.concat(down, OF_NODES.stream())
                .map(alert -> alert.of(cluster))
                .toList();
    }

    private Rule of(CollabCluster cluster) {
        String nodes = "namespace=\"%s\",service=\"%s\""
                .formatted(cluster.getMetadata().getNamespace(), Names.nodes(cluster));
        return new RuleBuilder()
                .withAlert(name)
                .withNewExpr(expression.replace("$nodes", nodes))
                .withFor(minutes + "m")
                .addToLabels("severity", severity)
                .addToLabels("collabcluster", cluster.getMetadata().getName())
                .addToAnnotations("summary", summary)
                .addToAnnotations("description", advice)
                .build();
    }
}
