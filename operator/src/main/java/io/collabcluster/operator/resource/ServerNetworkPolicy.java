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
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who reaches the nodes: clients and the operator on their port, other nodes on the internal one. */
public final class ServerNetworkPolicy extends OwnedResource<NetworkPolicy> {

    /** Which every namespace has by itself. */
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

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
                .addToIngress(
                        clients(cluster.getSpec().networkPolicy(), context).build())
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
    private static NetworkPolicyIngressRuleBuilder clients(NetworkPolicySpec policy, Context<CollabCluster> context) {
        var rule = new NetworkPolicyIngressRuleBuilder()
                .addNewPort()
                .withNewPort(NodePod.PORT)
                .withProtocol("TCP")
                .endPort();
        if (policy.clients().isEmpty()) {
            return rule;
        }
        var operator = operator(
                Optional.ofNullable(context.getClient().getConfiguration().getNamespace()));
        List<NetworkPolicyPeer> peers = Stream.of(policy.clients(), policy.monitoring(), List.of(operator))
                .flatMap(List::stream)
                .toList();
        return rule.withFrom(peers);
    }

    /** By the label that the chart gives its pods; without a namespace, which one outside of a cluster may lack, in all. */
    private static NetworkPolicyPeer operator(Optional<String> namespace) {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .withMatchLabels(
                        namespace.map(name -> Map.of(NAMESPACE_NAME, name)).orElse(Map.of()))
                .endNamespaceSelector()
                .withNewPodSelector()
                .addToMatchLabels(Labels.NAME, Labels.OPERATOR)
                .endPodSelector()
                .build();
    }

    /** Where the specification asks for it. */
    public static final class Wanted extends SpecCondition {

        @Override
        protected boolean isMet(CollabClusterSpec spec) {
            return spec.networkPolicy().enabled();
        }
    }
}
