package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.NetworkPolicySpec;
import io.collabcluster.operator.pod.NodePod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.stream.Stream;

/** Who reaches the nodes: clients on their port, other nodes on the internal one. */
public final class ServerNetworkPolicy extends OwnedResource<NetworkPolicy> {

    public ServerNetworkPolicy() {
        super(NetworkPolicy.class);
    }

    @Override
    protected NetworkPolicy desired(CollabCluster cluster, Context<CollabCluster> context) {
        return new NetworkPolicyBuilder()
                .withMetadata(metadata(cluster))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(cluster, Labels.SERVER))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addToIngress(clients(cluster.getSpec().networkPolicy()).build())
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(cluster, Labels.SERVER))
                .endPodSelector()
                .endFrom()
                .addNewPort()
                .withNewPort(NodePod.INTERNAL_PORT)
                .withProtocol("TCP")
                .endPort()
                .endIngress()
                .endSpec()
                .build();
    }

    /** No list of peers lets everyone in; that of the specification lets in those named, and who reads the state. */
    private static NetworkPolicyIngressRuleBuilder clients(NetworkPolicySpec policy) {
        var rule = new NetworkPolicyIngressRuleBuilder()
                .addNewPort()
                .withNewPort(NodePod.PORT)
                .withProtocol("TCP")
                .endPort();
        if (policy.clients().isEmpty()) {
            return rule;
        }
        List<NetworkPolicyPeer> peers = Stream.concat(policy.clients().stream(), policy.monitoring().stream())
                .toList();
        return rule.withFrom(peers);
    }

    /** Where the specification asks for it. */
    public static final class Wanted extends SpecCondition {

        @Override
        protected boolean isMet(CollabClusterSpec spec) {
            return spec.networkPolicy().enabled();
        }
    }
}
