package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.pod.RedisAccess;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Only the nodes reach the managed Redis. */
public final class RedisNetworkPolicy extends RedisResource<NetworkPolicy> {

    public RedisNetworkPolicy() {
        super(NetworkPolicy.class);
    }

    @Override
    protected NetworkPolicy desired(CollabCluster cluster, Context<CollabCluster> context) {
        return new NetworkPolicyBuilder()
                .withMetadata(metadata(cluster))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(cluster, Labels.REDIS))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(cluster, Labels.SERVER))
                .endPodSelector()
                .endFrom()
                .addNewPort()
                .withNewPort(RedisAccess.PORT)
                .withProtocol("TCP")
                .endPort()
                .endIngress()
                .endSpec()
                .build();
    }

    /** With a managed Redis, and network policies. */
    public static final class Wanted extends SpecCondition {

        @Override
        protected boolean isMet(CollabClusterSpec spec) {
            return spec.redis().runsHere() && spec.networkPolicy().enabled();
        }
    }
}
