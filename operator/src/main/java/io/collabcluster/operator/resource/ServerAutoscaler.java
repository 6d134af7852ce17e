package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.AutoscalingSpec;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.pod.Quantities;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.ArrayList;
import java.util.List;

/**
 * Scales the CollabCluster itself, not its Deployment: so the operator sees a shrink before it happens, and chooses the
 * nodes that go. Fast up, slowly down: each node that goes makes its clients reconnect.
 */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED))
public final class ServerAutoscaler extends OwnedResource<HorizontalPodAutoscaler> {

    /** The server's metric of open sessions, by way of a metrics adapter. */
    static final String METRIC = "collab_connections";

    public ServerAutoscaler() {
        super(HorizontalPodAutoscaler.class);
    }

    @Override
    protected HorizontalPodAutoscaler desired(CollabCluster cluster, Context<CollabCluster> context) {
        AutoscalingSpec autoscaling = cluster.getSpec().autoscaling();
        return new HorizontalPodAutoscalerBuilder()
                .withMetadata(metadata(cluster))
                .withNewSpec()
                .withNewScaleTargetRef(
                        cluster.getApiVersion(),
                        cluster.getKind(),
                        cluster.getMetadata().getName())
                .withMinReplicas(autoscaling.minReplicas())
                .withMaxReplicas(autoscaling.maxReplicas())
                .withMetrics(metrics(autoscaling))
                .withNewBehavior()
                .withNewScaleDown()
                .withStabilizationWindowSeconds(autoscaling.shrinkAfterSeconds())
                .addNewPolicy(120, "Pods", 1)
                .endScaleDown()
                .endBehavior()
                .endSpec()
                .build();
    }

    private static List<MetricSpec> metrics(AutoscalingSpec autoscaling) {
        var metrics = new ArrayList<MetricSpec>();
        if (autoscaling.connectionsPerNode() > 0) {
            metrics.add(new MetricSpecBuilder()
                    .withType("Pods")
                    .withNewPods()
                    .withNewMetric()
                    .withName(METRIC)
                    .endMetric()
                    .withNewTarget()
                    .withType("AverageValue")
                    .withAverageValue(Quantities.of(autoscaling.connectionsPerNode()))
                    .endTarget()
                    .endPods()
                    .build());
        }
        if (autoscaling.cpuPercent() > 0) {
            metrics.add(new MetricSpecBuilder()
                    .withType("Resource")
                    .withNewResource()
                    .withName("cpu")
                    .withNewTarget()
                    .withType("Utilization")
                    .withAverageUtilization(autoscaling.cpuPercent())
                    .endTarget()
                    .endResource()
                    .build());
        }
        return metrics;
    }

    /** With autoscaling. */
    public static final class Wanted extends SpecCondition {

        @Override
        protected boolean isMet(CollabClusterSpec spec) {
            return spec.autoscaling().enabled();
        }
    }
}
