package io.collabcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Contexts;
import io.collabcluster.operator.fake.FakeApiServer;
import io.collabcluster.operator.fake.FakeCluster;
import io.collabcluster.operator.fake.Right;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An operator of two namespaces, which has a Role in each of them, and no right beside. */
@QuarkusTest
@WithTestResource(FakeCluster.class)
@TestProfile(NamespacesTest.TwoNamespaces.class)
class NamespacesTest {

    /** As the chart's template sets it by the environment. */
    public static final class TwoNamespaces implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.operator-sdk.controllers.collabcluster.namespaces", "team,team-b");
        }
    }

    private static final Path RULES = Path.of("../charts/collab-operator/files/rules.yaml");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    KubernetesClient client;
    FakeApiServer api;

    @Test
    void whatIsElsewhereIsNotTouchedAndNothingIsAskedOfTheWholeCluster() throws IOException {
        api.refuse("GET", ".*/(ingress|storage|priority)classes/.*", 403);
        create("elsewhere");
        create("team");
        create("team-b");
        for (String namespace : new String[] {"team", "team-b"}) {
            await().atMost(DEADLINE).until(() -> isReady(namespace));
            Clusters.replace(in(namespace), "replicas: 3");
            await().atMost(DEADLINE)
                    .until(() -> deployments(namespace).getFirst().getSpec().getReplicas() == 3);
        }
        assertThat(deployments("elsewhere")).isEmpty();
        assertThat(cluster("elsewhere").observed()).isEmpty();

        Map<String, Set<Right>> asked = api.askedIn();
        assertThat(asked).containsOnlyKeys("team", "team-b", "");
        // Which no one but an operator of all namespaces may; it does without the answer.
        assertThat(asked.get(""))
                .containsExactlyInAnyOrder(
                        new Right("get", "networking.k8s.io", "ingressclasses"),
                        new Right("get", "storage.k8s.io", "storageclasses"),
                        new Right("get", "scheduling.k8s.io", "priorityclasses"));
        List<PolicyRule> rules = List.of(Serialization.unmarshal(Files.readString(RULES), PolicyRule[].class));
        for (String namespace : new String[] {"team", "team-b"}) {
            assertThat(asked.get(namespace))
                    .contains(new Right("list", "collabcluster.io", "collabclusters"))
                    .contains(new Right("watch", "", "pods"))
                    .allMatch(right -> rules.stream().anyMatch(right::grantedBy));
        }
    }

    private void create(String namespace) {
        Secret secret = Contexts.secret("demo-db", Map.of("username", "collab", "password", "one"));
        secret.getMetadata().setNamespace(namespace);
        client.resource(secret).create();
        GenericKubernetesResource cluster = Clusters.raw(
                "exposure: {type: Ingress, className: fast}",
                "redis: {managed: {persistence: {enabled: true, storageClassName: fast}}}",
                "scheduling: {priorityClassName: high}");
        cluster.getMetadata().setNamespace(namespace);
        Clusters.resource(in(namespace), cluster).create();
    }

    private KubernetesClient in(String namespace) {
        return client.adapt(NamespacedKubernetesClient.class).inNamespace(namespace);
    }

    private boolean isReady(String namespace) {
        return cluster(namespace)
                .observed()
                .filter(status -> status.conditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")))
                .isPresent();
    }

    private CollabCluster cluster(String namespace) {
        return client.resources(CollabCluster.class)
                .inNamespace(namespace)
                .withName("demo")
                .get();
    }

    private List<Deployment> deployments(String namespace) {
        return client.apps().deployments().inNamespace(namespace).list().getItems();
    }
}
