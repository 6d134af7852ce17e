package io.collabcluster.operator;

import io.collabcluster.operator.api.Annotations;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterStatus;
import io.collabcluster.operator.api.NodeReport;
import io.collabcluster.operator.scaling.ConnectionCensus;
import io.collabcluster.operator.scaling.DeletionCosts;
import io.collabcluster.operator.scaling.NodeClient;
import io.collabcluster.operator.scaling.Reading;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the nodes say, and what is made of it before there are fewer of them. */
@Singleton
class Resizing {

    private final NodeClient nodes;

    Resizing(NodeClient nodes) {
        this.nodes = nodes;
    }

    Map<String, Reading> census(List<Pod> pods) {
        return new ConnectionCensus(nodes).take(pods);
    }

    /**
     * Before the Deployment is made smaller: writes what each pod would cost to lose, so that those with the fewest
     * connections go.
     *
     * @return what could not be written, in words: the shrink would take any node
     */
    List<String> beforeShrink(
            CollabCluster cluster, Optional<Deployment> deployment, List<Pod> pods, KubernetesClient client) {
        Integer now = deployment.map(d -> d.getSpec().getReplicas()).orElse(null);
        if (now == null
                || cluster.getSpec().replicas() >= now
                || cluster.getSpec().replicas() == 0) {
            return List.of();
        }
        String namespace = cluster.getMetadata().getNamespace();
        List<NodeReport> before =
                cluster.observed().map(CollabClusterStatus::nodes).orElse(List.of());
        return DeletionCosts.changed(pods, census(pods), before).entrySet().stream()
                .flatMap(cost -> write(namespace, cost.getKey(), cost.getValue(), client).stream())
                .toList();
    }

    private static Optional<String> write(String namespace, String pod, String cost, KubernetesClient client) {
        try {
            client.pods()
                    .inNamespace(namespace)
                    .withName(pod)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}"
                                    .formatted(Annotations.POD_DELETION_COST, cost));
            return Optional.empty();
        } catch (KubernetesClientException e) {
            // It has gone since it was seen: nothing is left to choose.
            return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                    ? Optional.empty()
                    : Optional.of(Failures.refused("Pod " + pod, e));
        }
    }
}
