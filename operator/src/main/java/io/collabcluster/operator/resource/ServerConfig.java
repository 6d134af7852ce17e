package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.pod.ConfigJson;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** The ConfigMap with the nodes' config.json, in which nothing is secret. */
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class ServerConfig extends OwnedResource<ConfigMap> {

    public ServerConfig() {
        super(ConfigMap.class);
    }

    @Override
    protected String nameFor(CollabCluster cluster) {
        return Names.config(cluster);
    }

    @Override
    protected ConfigMap desired(CollabCluster cluster, Context<CollabCluster> context) {
        return new ConfigMapBuilder()
                .withMetadata(metadata(cluster))
                .withData(Map.of("config.json", new ConfigJson(cluster).text()))
                .build();
    }
}
