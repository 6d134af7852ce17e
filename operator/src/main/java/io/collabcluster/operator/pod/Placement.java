package io.collabcluster.operator.pod;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.SchedulingSpec;
import io.collabcluster.operator.api.SpreadMode;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.ArrayList;
import java.util.List;

/** Where the nodes are among each other: spread over zones and machines, as long as nothing else is said. */
final class Placement implements Part {

    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String HOST = "kubernetes.io/hostname";

    @Override
    public void addTo(Draft draft) {
        SchedulingSpec scheduling = draft.cluster.getSpec().scheduling();
        var spread = new ArrayList<TopologySpreadConstraint>();
        spread(draft.cluster, ZONE, scheduling.zoneSpread(), spread);
        spread(draft.cluster, HOST, scheduling.hostSpread(), spread);
        if (!spread.isEmpty()) {
            draft.pod.withTopologySpreadConstraints(spread);
        }
        if (!scheduling.affinity().equals(new Affinity())) {
            draft.pod.withAffinity(scheduling.affinity());
        }
    }

    private static void spread(
            CollabCluster cluster, String topology, SpreadMode mode, List<TopologySpreadConstraint> constraints) {
        if (mode == SpreadMode.NONE) {
            return;
        }
        constraints.add(new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(topology)
                .withWhenUnsatisfiable(mode == SpreadMode.REQUIRED ? "DoNotSchedule" : "ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(Labels.selector(cluster, Labels.SERVER))
                .endLabelSelector()
                // Each rollout is spread by itself: pods that are on their way out don't count.
                .withMatchLabelKeys(List.of("pod-template-hash"))
                .build());
    }
}
