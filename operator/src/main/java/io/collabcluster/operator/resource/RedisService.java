package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.pod.RedisAccess;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Where the nodes find the managed Redis. */
public final class RedisService extends RedisResource<Service> {

    public RedisService() {
        super(Service.class);
    }

    @Override
    protected Service desired(CollabCluster cluster, Context<CollabCluster> context) {
        return new ServiceBuilder()
                .withMetadata(metadata(cluster))
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(Labels.selector(cluster, Labels.REDIS))
                .addNewPort()
                .withName("redis")
                .withPort(RedisAccess.PORT)
                .withNewTargetPort("redis")
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build();
    }
}
