package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.MonitoringSpec;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitorBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** Has the Prometheus operator read each node's metrics. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED))
public final class ServerMonitor extends OwnedResource<ServiceMonitor> {

    public ServerMonitor() {
        super(ServiceMonitor.class);
    }

    @Override
    protected ServiceMonitor desired(CollabCluster cluster, Context<CollabCluster> context) {
        MonitoringSpec monitoring = cluster.getSpec().monitoring();
        return new ServiceMonitorBuilder()
                .withMetadata(metadata(cluster))
                .editMetadata()
                .addToLabels(monitoring.labels())
                .addToLabels(Labels.of(cluster, Labels.SERVER))
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(Map.of(
                        Labels.INSTANCE,
                        cluster.getMetadata().getName(),
                        Labels.MANAGED_BY,
                        Labels.OPERATOR,
                        NodesService.SCOPE,
                        "nodes"))
                .endSelector()
                .addNewEndpoint()
                .withPort("http")
                .withPath("/q/metrics")
                .withInterval(monitoring.intervalSeconds() + "s")
                .endEndpoint()
                .endSpec()
                .build();
    }

    /** Where the specification asks for it. */
    public static final class Wanted extends SpecCondition {

        @Override
        protected boolean isMet(CollabClusterSpec spec) {
            return spec.monitoring().serviceMonitor();
        }
    }
}
