package io.collabcluster.operator;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.ExposureType;
import io.collabcluster.operator.pod.SecretReferences;
import io.collabcluster.operator.resource.ApiServed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a specification names, and other people make: Secrets, an IngressClass, kinds that an add-on brings. */
final class Dependencies {

    private final CollabCluster cluster;
    private final KubernetesClient client;
    private final Map<String, Set<String>> secrets = new HashMap<>();

    Dependencies(CollabCluster cluster, Context<CollabCluster> context) {
        this.cluster = cluster;
        this.client = context.getClient();
        for (Secret secret : context.getSecondaryResources(Secret.class)) {
            secrets.put(
                    secret.getMetadata().getName(),
                    secret.getData() == null ? Set.of() : secret.getData().keySet());
        }
    }

    /** What no node can start without, in words. */
    List<String> missingForNodes() {
        return new SecretReferences(cluster).missing(secrets, true);
    }

    /** All that isn't there, in words. */
    List<String> missing() {
        CollabClusterSpec spec = cluster.getSpec();
        var missing = new ArrayList<>(new SecretReferences(cluster).missing(secrets, false));
        if (spec.exposure().type() == ExposureType.INGRESS
                && !spec.exposure().className().isEmpty()
                && !hasIngressClass(spec.exposure().className())) {
            missing.add("there is no IngressClass " + spec.exposure().className() + " (spec.exposure.className)");
        }
        boolean route = spec.exposure().type() == ExposureType.GATEWAY;
        missingKind(route, HTTPRoute.class, "spec.exposure.type", missing);
        missingKind(
                spec.monitoring().serviceMonitor(), ServiceMonitor.class, "spec.monitoring.serviceMonitor", missing);
        missingKind(spec.monitoring().alerts(), PrometheusRule.class, "spec.monitoring.alerts", missing);
        return missing;
    }

    /** An operator of one namespace may not look; the controller itself ignores an Ingress of a class that isn't there. */
    private boolean hasIngressClass(String name) {
        try {
            return client.network().v1().ingressClasses().withName(name).get() != null;
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
