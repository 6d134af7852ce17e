package io.collabcluster.operator;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.pod.SecretReferences;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelector;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the operator watches beside the kinds that have one dependent resource only, which watch for themselves. */
final class EventSources {

    static final String SERVICES = "services";
    static final String SECRETS = "secrets";
    static final String CONFIG_MAPS = "config-maps";
    static final String NETWORK_POLICIES = "network-policies";
    private static final String PODS = "pods";
    private static final String NAMED_SECRETS = "named-secrets";

    private final EventSourceContext<CollabCluster> context;

    EventSources(EventSourceContext<CollabCluster> context) {
        this.context = context;
    }

    List<EventSource<?, CollabCluster>> all() {
        return List.of(
                owned(Service.class, SERVICES),
                owned(Secret.class, SECRETS),
                owned(ConfigMap.class, CONFIG_MAPS),
                owned(NetworkPolicy.class, NETWORK_POLICIES),
                pods(),
                namedSecrets());
    }

    private <R extends HasMetadata> EventSource<R, CollabCluster> owned(Class<R> kind, String name) {
        var configuration = InformerEventSourceConfiguration.from(kind, CollabCluster.class)
                .withName(name)
                .withLabelSelector(Labels.MANAGED)
                .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(CollabCluster.class, false))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** They belong to ReplicaSets; the label says whose they are. */
    private EventSource<Pod, CollabCluster> pods() {
        var configuration = InformerEventSourceConfiguration.from(Pod.class, CollabCluster.class)
                .withName(PODS)
                .withLabelSelector(Labels.MANAGED)
                .withSecondaryToPrimaryMapper(pod -> ids(pod))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static Set<ResourceID> ids(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        String cluster = labels == null ? null : labels.get(Labels.INSTANCE);
        return cluster == null
                ? Set.of()
                : Set.of(new ResourceID(cluster, pod.getMetadata().getNamespace()));
    }

    /**
     * Secrets that no CollabCluster names, and that there are most of: Helm's releases have up to a mebibyte each. The rest
     * of a namespace's Secrets is held in memory.
     */
    private static final FieldSelector NAMEABLE = new FieldSelector(
            new FieldSelector.Field("type", "helm.sh/release.v1", true),
            new FieldSelector.Field("type", "kubernetes.io/service-account-token", true));

    /** People's Secrets, which carry no label of ours: each leads to the resources that name it. */
    private EventSource<Secret, CollabCluster> namedSecrets() {
        context.getPrimaryCache().addIndexer(NAMED_SECRETS, cluster -> new SecretReferences(cluster)
                .names().stream()
                        .map(name -> key(cluster.getMetadata().getNamespace(), name))
                        .toList());
        var configuration = InformerEventSourceConfiguration.from(Secret.class, CollabCluster.class)
                .withName(NAMED_SECRETS)
                .withFieldSelector(NAMEABLE)
                .withPrimaryToSecondaryMapper(EventSources::named)
                .withSecondaryToPrimaryMapper(this::naming)
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static Set<ResourceID> named(HasMetadata cluster) {
        String namespace = cluster.getMetadata().getNamespace();
        return new SecretReferences((CollabCluster) cluster)
                .names().stream().map(name -> new ResourceID(name, namespace)).collect(Collectors.toSet());
    }

    private Set<ResourceID> naming(Secret secret) {
        String key =
                key(secret.getMetadata().getNamespace(), secret.getMetadata().getName());
        return context.getPrimaryCache().byIndex(NAMED_SECRETS, key).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
