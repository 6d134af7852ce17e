package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.pod.ConfigJson;
import io.collabcluster.operator.pod.InputsHash;
import io.collabcluster.operator.pod.NodePod;
import io.collabcluster.operator.pod.SecretReferences;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The nodes. A Deployment, because its pods are all alike, and because a ReplicaSet heeds the cost of deleting a pod. A
 * rollout makes the new pod first, and takes an old one when the new one has been ready for a while: reconnecting
 * clients then meet nodes that are there to stay.
 */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED))
public final class ServerDeployment extends OwnedResource<Deployment> {

    public ServerDeployment() {
        super(Deployment.class);
    }

    @Override
    protected Deployment desired(CollabCluster cluster, Context<CollabCluster> context) {
        return new DeploymentBuilder()
                .withMetadata(metadata(cluster))
                .withNewSpec()
                .withReplicas(cluster.getSpec().replicas())
                .withMinReadySeconds(10)
                .withProgressDeadlineSeconds(600)
                .withRevisionHistoryLimit(3)
                .withNewSelector()
                .withMatchLabels(Labels.selector(cluster, Labels.SERVER))
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withNewMaxUnavailable(0)
                .withNewMaxSurge(1)
                .endRollingUpdate()
                .endStrategy()
                .withTemplate(NodePod.of(cluster, hash(cluster, context)))
                .endSpec()
                .build();
    }

    private static String hash(CollabCluster cluster, Context<CollabCluster> context) {
        var hash = new InputsHash().with(Names.config(cluster), Map.of("config.json", new ConfigJson(cluster).text()));
        Set<String> read = new TreeSet<>();
        new SecretReferences(cluster)
                .all().stream()
                        .filter(SecretReferences.Reference::needed)
                        .map(SecretReferences.Reference::secret)
                        .forEach(read::add);
        read.add(Names.internalSecret(cluster));
        var found = new HashMap<String, Secret>();
        context.getSecondaryResources(Secret.class).stream()
                .sorted(Comparator.comparing(secret -> secret.getMetadata().getName()))
                .forEach(secret -> found.put(secret.getMetadata().getName(), secret));
        for (String name : read) {
            Secret secret = found.get(name);
            hash.with(name, secret == null || secret.getData() == null ? Map.of() : secret.getData());
        }
        return hash.text();
    }
}
