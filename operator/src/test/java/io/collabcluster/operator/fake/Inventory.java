package io.collabcluster.operator.fake;

import io.collabcluster.operator.api.CollabCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is in the client's namespace of the kinds that the operator makes: its own, and what a test put there. */
public record Inventory(KubernetesClient client) {

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Deployment.class,
            StatefulSet.class,
            Service.class,
            ConfigMap.class,
            Secret.class,
            ServiceAccount.class,
            PodDisruptionBudget.class,
            NetworkPolicy.class,
            Ingress.class,
            HorizontalPodAutoscaler.class,
            HTTPRoute.class,
            ServiceMonitor.class,
            PrometheusRule.class);

    /** Without what a cluster puts into every namespace, an account and a certificate for instance. */
    private static final String OF_TESTS = "(demo|other|web)(-.*)?";

    public Stream<HasMetadata> objects() {
        return KINDS.stream().flatMap(this::of);
    }

    private Stream<HasMetadata> of(Class<? extends HasMetadata> kind) {
        return client.resources(kind).inNamespace(client.getNamespace()).list().getItems().stream()
                .map(HasMetadata.class::cast)
                .filter(object -> object.getMetadata().getName().matches(OF_TESTS));
    }

    /** Sorted. */
    public List<String> names(Class<? extends HasMetadata> kind) {
        return of(kind).map(object -> object.getMetadata().getName()).sorted().toList();
    }

    /** What tells two writes of an object apart, by {@code kind/name}: of the CollabClusters themselves, too. */
    public Map<String, String> versions(Function<HasMetadata, String> version) {
        var versions = new TreeMap<String, String>();
        Stream.concat(objects(), of(CollabCluster.class))
                .forEach(object -> versions.put(
                        object.getKind() + "/" + object.getMetadata().getName(), version.apply(object)));
        return versions;
    }

    public void delete() {
        objects().toList().forEach(object -> client.resource(object).delete());
    }
}
