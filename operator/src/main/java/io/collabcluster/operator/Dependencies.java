package io.collabcluster.operator;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.ExposureType;
import io.collabcluster.operator.api.PersistenceSpec;
import io.collabcluster.operator.pod.SecretReferences;
import io.collabcluster.operator.resource.ApiServed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a specification names, and other people make: Secrets, classes, a Gateway, kinds that an add-on brings. */
final class Dependencies {

    private final CollabCluster cluster;
    private final KubernetesClient client;
    private final boolean redisServes;
    private final Instant now;
    private final Optional<HTTPRoute> route;
    private final Map<String, Set<String>> secrets = new HashMap<>();

    Dependencies(CollabCluster cluster, Context<CollabCluster> context, Instant now) {
        this.cluster = cluster;
        this.client = context.getClient();
        this.now = now;
        this.route = context.getSecondaryResources(HTTPRoute.class).stream()
                .filter(there -> there.hasOwnerReferenceFor(cluster))
                .findFirst();
        for (Secret secret : context.getSecondaryResources(Secret.class)) {
            secrets.put(
                    secret.getMetadata().getName(),
                    secret.getData() == null ? Set.of() : secret.getData().keySet());
        }
        this.redisServes = context.getSecondaryResources(StatefulSet.class).stream()
                .map(StatefulSet::getStatus)
                .anyMatch(
                        status -> status != null && status.getReadyReplicas() != null && status.getReadyReplicas() > 0);
    }

    /** What no node can start without, in words. */
    List<String> missingForNodes() {
        return new SecretReferences(cluster).missing(secrets, true);
    }

    /** All that isn't there, in words. */
    List<String> missing() {
        CollabClusterSpec spec = cluster.getSpec();
        var missing = new ArrayList<>(new SecretReferences(cluster).missing(secrets, false));
        if (spec.exposure().type() == ExposureType.INGRESS) {
            missingClass(IngressClass.class, spec.exposure().className(), "spec.exposure.className", missing);
        }
        PersistenceSpec volume = spec.redis().managed().persistence();
        // A volume that was made by hand may bear the name of a class that isn't there.
        if (spec.redis().runsHere() && volume.enabled() && !redisServes) {
            String field = "spec.redis.managed.persistence.storageClassName";
            missingClass(StorageClass.class, volume.storageClassName(), field, missing);
        }
        missingClass(
                PriorityClass.class,
                spec.scheduling().priorityClassName(),
                "spec.scheduling.priorityClassName",
                missing);
        boolean byGateway = spec.exposure().type() == ExposureType.GATEWAY;
        missingKind(byGateway, HTTPRoute.class, "spec.exposure.type", missing);
        route.filter(there -> byGateway)
                .flatMap(there -> RouteAcceptance.of(there).trouble(now))
                .ifPresent(trouble ->
                        missing.add("the Gateway " + spec.exposure().gateway().name()
                                + " lets nobody in by the HTTPRoute: " + trouble + " (spec.exposure.gateway)"));
        missingKind(
                spec.monitoring().serviceMonitor(), ServiceMonitor.class, "spec.monitoring.serviceMonitor", missing);
        missingKind(spec.monitoring().alerts(), PrometheusRule.class, "spec.monitoring.alerts", missing);
        return missing;
    }

    private void missingClass(Class<? extends HasMetadata> kind, String name, String field, List<String> missing) {
        if (!name.isEmpty() && !has(kind, name)) {
            missing.add("there is no " + HasMetadata.getKind(kind) + " " + name + " (" + field + ")");
        }
    }

    /** An operator of some namespaces may not look: for it, each class is there. */
    private boolean has(Class<? extends HasMetadata> kind, String name) {
        try {
            return client.resources(kind).withName(name).get() != null;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return true;
            }
            throw e;
        }
    }

    private void missingKind(boolean wanted, Class<? extends HasMetadata> kind, String field, List<String> missing) {
        if (wanted && !ApiServed.serves(client, kind)) {
            missing.add("this cluster has no kind " + HasMetadata.getKind(kind) + " of "
                    + HasMetadata.getApiVersion(kind) + " (" + field + ")");
        }
    }
}
