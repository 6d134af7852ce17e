package io.collabcluster.operator;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterStatus;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.pod.ClusterSecrets;
import io.collabcluster.operator.scaling.Node;
import io.collabcluster.operator.scaling.NodeClient;
import io.collabcluster.operator.scaling.Reading;
import io.collabcluster.operator.scaling.Shares;
import io.collabcluster.operator.status.Happening;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Evens connections out once the nodes have become more: each node that has too many is asked once to shed. */
@Singleton
class Balancing {

    /** A node refuses while it sheds for the growth before; what it refuses for longer isn't asked again. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * One growth that isn't evened out yet, as far as the status says. Lost with the operator: the next one asks once more.
     *
     * @param since the first request
     * @param asked pods that have agreed
     * @param done nobody is asked any more; the status may be older than that
     */
    private record Growth(int replicas, Instant since, Set<String> asked, boolean done) {}

    private final NodeClient nodes;
    private final Clock clock;
    private final Map<String, Growth> growths = new ConcurrentHashMap<>();

    Balancing(NodeClient nodes, Clock clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    /** The number of nodes that connections were last evened out for, and what was done about it now. */
    record Balance(int replicas, List<Happening> happenings) {}

    /** Asks when all nodes are ready and run, and not while the resource is paused. */
    Balance afterGrowth(
            CollabCluster cluster,
            Optional<Deployment> deployment,
            List<Pod> pods,
            Map<String, Reading> census,
            Set<Secret> secrets) {
        int wanted = cluster.getSpec().replicas();
        int before =
                cluster.observed().map(CollabClusterStatus::balancedReplicas).orElse(0);
        if (cluster.paused()) {
            return new Balance(before, List.of());
        }
        if (before == 0 || wanted <= before || !cluster.getSpec().balancing().shedAfterGrowth()) {
            growths.remove(cluster.getMetadata().getUid());
            return new Balance(wanted, List.of());
        }
        Growth growth = growths.get(cluster.getMetadata().getUid());
        if (growth != null && growth.replicas() == wanted && growth.done()) {
            return new Balance(wanted, List.of());
        }
        Optional<String> token = token(cluster, secrets);
        boolean mayAsk = allReady(deployment, wanted) && census.size() >= wanted && Shares.allRun(census);
        return mayAsk && token.isPresent()
                ? ask(cluster, pods, Shares.toShed(census), token.get())
                : new Balance(before, List.of());
    }

    private static boolean allReady(Optional<Deployment> deployment, int wanted) {
        return deployment
                .map(Deployment::getStatus)
                .filter(status -> Integer.valueOf(wanted).equals(status.getReadyReplicas()))
                .filter(status -> Integer.valueOf(wanted).equals(status.getReplicas()))
                .isPresent();
    }

    private Balance ask(CollabCluster cluster, List<Pod> pods, Map<String, Double> shares, String token) {
        String uid = cluster.getMetadata().getUid();
        int wanted = cluster.getSpec().replicas();
        Growth growth = growths.compute(
                uid,
                (_, known) -> known != null && known.replicas() == wanted
                        ? known
                        : new Growth(wanted, clock.instant(), new HashSet<>(), false));
        var happenings = new ArrayList<Happening>();
        boolean refused = false;
        for (Pod pod : pods) {
            Double share = shares.get(pod.getMetadata().getName());
            Optional<Node> node = Node.of(pod);
            if (share != null
                    && node.isPresent()
                    && !growth.asked().contains(node.get().pod())) {
                Optional<String> refusal = nodes.shed(node.get(), share, token);
                happenings.add(happening(node.get(), share, refusal));
                refused |= refusal.isPresent();
                if (refusal.isEmpty()) {
                    growth.asked().add(node.get().pod());
                }
            }
        }
        Duration patience = PATIENCE.plusSeconds(cluster.getSpec().drain().windowSeconds());
        if (refused && clock.instant().isBefore(growth.since().plus(patience))) {
            return new Balance(cluster.observed().orElseThrow().balancedReplicas(), happenings);
        }
        growths.put(uid, new Growth(wanted, growth.since(), growth.asked(), true));
        return new Balance(wanted, happenings);
    }

    private static Happening happening(Node node, double share, Optional<String> refusal) {
        String what = node.pod() + " is asked to shed " + Math.round(share * 100) + " % of its connections";
        return refusal.map(why -> new Happening(true, "ShedFailed", what + ", and can't: " + why))
                .orElseGet(() -> new Happening(false, "Shedding", what));
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
