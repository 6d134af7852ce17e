package io.collabcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Contexts;
import io.collabcluster.operator.fake.FakeApiServer;
import io.collabcluster.operator.fake.FakeCluster;
import io.collabcluster.operator.fake.Right;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The chart grants what the operator asks for: everything is made, changed and deleted once. */
@QuarkusTest
@WithTestResource(FakeCluster.class)
@TestProfile(RightsTest.OwnOperator.class)
class RightsTest {

    /** One that has not looked yet which kinds there are. */
    public static final class OwnOperator implements QuarkusTestProfile {}

    private static final Path RULES = Path.of("../charts/collab-operator/files/rules.yaml");
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    KubernetesClient client;
    FakeApiServer api;

    @AfterEach
    void clear() {
        client.resources(CollabCluster.class).inNamespace("team").delete();
        client.secrets().inNamespace("team").delete();
        client.apps().deployments().inNamespace("team").delete();
    }

    @Test
    void theChartGrantsEveryRequest() throws IOException {
        api.serve("gateway.networking.k8s.io/v1/HTTPRoute");
        api.serve("monitoring.coreos.com/v1/ServiceMonitor");
        api.serve("monitoring.coreos.com/v1/PrometheusRule");
        client.resource(Contexts.secret("demo-db", Map.of("username", "collab", "password", "one")))
                .create();
        Clusters.resource(
                        client,
                        Clusters.raw(
                                "replicas: 3",
                                "exposure: {type: Ingress, className: fast}",
                                "networkPolicy: {enabled: true}",
                                "redis: {managed: {persistence: {enabled: true, storageClassName: fast}}}",
                                "scheduling: {priorityClassName: high}",
                                "autoscaling: {enabled: true}",
                                "monitoring: {dashboard: true}"))
                .create();
        asked("create", "apps", "deployments");
        asked("create", "networking.k8s.io", "ingresses");
        // A shrink that it knows the pods of is one that it writes their costs for.
        await().atMost(DEADLINE).until(() -> client.resources(CollabCluster.class)
                .inNamespace("team")
                .withName("demo")
                .get()
                .observed()
                .filter(status -> status.nodes().size() == 3)
                .isPresent());
        Clusters.replace(
                client,
                "redis: {url: \"redis://r\"}",
                "exposure: {type: Gateway, gateway: {name: web}}",
                "monitoring: {serviceMonitor: true, alerts: true}");
        for (String kind : new String[] {"ingresses", "networkpolicies"}) {
            asked("delete", "networking.k8s.io", kind);
        }
        asked("delete", "apps", "statefulsets");
        asked("delete", "autoscaling", "horizontalpodautoscalers");
        asked("delete", "", "configmaps");
        asked("delete", "", "secrets");
        asked("patch", "", "pods");
        asked("create", "gateway.networking.k8s.io", "httproutes");
        asked("create", "monitoring.coreos.com", "servicemonitors");
        asked("create", "monitoring.coreos.com", "prometheusrules");
        Clusters.replace(client, "redis: {url: \"redis://r\"}");
        asked("delete", "gateway.networking.k8s.io", "httproutes");
        asked("delete", "monitoring.coreos.com", "servicemonitors");
        asked("delete", "monitoring.coreos.com", "prometheusrules");
        asked("create", "", "events");
        asked("patch", "collabcluster.io", "collabclusters/status");

        List<PolicyRule> rules =
                new ArrayList<>(Arrays.asList(Serialization.unmarshal(Files.readString(RULES), PolicyRule[].class)));
        var refused = new TreeSet<String>();
        api.asked().stream()
                .filter(right -> rules.stream().noneMatch(right::grantedBy))
                .forEach(right -> refused.add(right.toString()));
        // Granted by the ClusterRole alone; an operator of some namespaces does without.
        assertThat(refused)
                .isEqualTo(Set.of(
                        new Right("get", "networking.k8s.io", "ingressclasses").toString(),
                        new Right("get", "storage.k8s.io", "storageclasses").toString(),
                        new Right("get", "scheduling.k8s.io", "priorityclasses").toString()));
    }

    private void asked(String verb, String group, String resource) {
        await(verb + " " + resource).atMost(DEADLINE).until(() -> api.asked()
                .contains(new Right(verb, group, resource)));
    }
}
