package io.collabcluster.operator;

import io.collabcluster.operator.api.Annotations;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterStatus;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.pod.ClusterSecrets;
import io.collabcluster.operator.scaling.ConnectionCensus;
import io.collabcluster.operator.scaling.DeletionCosts;
import io.collabcluster.operator.scaling.Node;
import io.collabcluster.operator.scaling.NodeClient;
import io.collabcluster.operator.scaling.Reading;
import io.collabcluster.operator.scaling.Shares;
import io.collabcluster.operator.status.Happening;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happens to connections when the number of nodes changes. */
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
     * @return whether it is about to shrink
     */
    boolean beforeShrink(
            CollabCluster cluster, Optional<Deployment> deployment, List<Pod> pods, KubernetesClient client) {
        Integer now = deployment.map(d -> d.getSpec().getReplicas()).orElse(null);
        if (now == null
                || cluster.getSpec().replicas() >= now
                || cluster.getSpec().replicas() == 0) {
            return false;
        }
        DeletionCosts.changed(pods, census(pods)).forEach((pod, cost) -> client.pods()
                .inNamespace(cluster.getMetadata().getNamespace())
                .withName(pod)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}"
                                .formatted(Annotations.POD_DELETION_COST, cost)));
        return true;
    }

    /** The number of nodes that connections were last evened out for, and what was done about it now. */
    record Balance(int replicas, List<Happening> happenings) {}

    /** After the nodes have become more, and all of them are ready: asks those that have too much to shed, once. */
    Balance afterGrowth(
            CollabCluster cluster,
            Optional<Deployment> deployment,
            List<Pod> pods,
            Map<String, Reading> census,
            Set<Secret> secrets) {
        int wanted = cluster.getSpec().replicas();
        int before =
                cluster.observed().map(CollabClusterStatus::balancedReplicas).orElse(0);
        boolean allReady = deployment
                .map(Deployment::getStatus)
                .filter(status -> Integer.valueOf(wanted).equals(status.getReadyReplicas()))
                .filter(status -> Integer.valueOf(wanted).equals(status.getReplicas()))
                .isPresent();
        if (before == 0 || wanted < before || !cluster.getSpec().balancing().shedAfterGrowth()) {
            return new Balance(wanted, List.of());
        }
        if (wanted == before || !allReady || census.size() < wanted) {
            return new Balance(before, List.of());
        }
        return new Balance(wanted, shed(pods, Shares.toShed(census), token(cluster, secrets)));
    }

    private List<Happening> shed(List<Pod> pods, Map<String, Double> shares, Optional<String> token) {
        var happenings = new ArrayList<Happening>();
        for (Pod pod : pods) {
            Double share = shares.get(pod.getMetadata().getName());
            Optional<Node> node = Node.of(pod);
            if (share != null && node.isPresent() && token.isPresent()) {
                Optional<String> refusal = nodes.shed(node.get(), share, token.get());
                String what =
                        node.get().pod() + " is asked to shed " + Math.round(share * 100) + " % of its connections";
                happenings.add(new Happening(
                        refusal.isPresent(),
                        refusal.isPresent() ? "ShedFailed" : "Shedding",
                        refusal.map(why -> what + ", and can't: " + why).orElse(what)));
            }
        }
        return happenings;
    }

    private static Optional<String> token(CollabCluster cluster, Set<Secret> secrets) {
        return secrets.stream()
                .filter(secret -> secret.getMetadata().getName().equals(Names.internalSecret(cluster)))
                .filter(secret -> secret.hasOwnerReferenceFor(cluster))
                .findFirst()
                .map(secret -> secret.getData().get(ClusterSecrets.OPERATOR_TOKEN))
                .map(base64 -> new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    }
}
