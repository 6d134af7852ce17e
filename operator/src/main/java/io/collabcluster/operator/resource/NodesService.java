package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.pod.NodePod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Each node by itself: for the nodes' way to each other, and for Prometheus. Nodes that aren't ready are in it, too. */
public final class NodesService extends OwnedResource<Service> {

    /** The label by which a ServiceMonitor tells this Service from the clients'. */
    static final String SCOPE = "collabcluster.io/scope";

    public NodesService() {
        super(Service.class);
    }

    @Override
    protected String nameFor(CollabCluster cluster) {
        return Names.nodes(cluster);
    }

    @Override
    protected Service desired(CollabCluster cluster, Context<CollabCluster> context) {
        return new ServiceBuilder()
                .withMetadata(metadata(cluster))
                .editMetadata()
                .addToLabels(SCOPE, "nodes")
                .endMetadata()
                .withNewSpec()
                .withType("ClusterIP")
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(Labels.selector(cluster, Labels.SERVER))
                .addNewPort()
                .withName("http")
                .withPort(NodePod.PORT)
                .withNewTargetPort("http")
                .withProtocol("TCP")
                .withAppProtocol("http")
                .endPort()
                .addNewPort()
                .withName("internal")
                .withPort(NodePod.INTERNAL_PORT)
                .withNewTargetPort("internal")
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build();
    }
}
