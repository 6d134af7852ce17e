package io.collabcluster.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.operator.api.Annotations;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Contexts;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerDeploymentTest {

    private static final Secret DATABASE = Contexts.secret("demo-db", Map.of("username", "collab", "password", "one"));

    @Test
    void aRolloutAddsANodeBeforeItTakesOne() {
        Deployment deployment = deployment(Clusters.of("replicas: 3"));
        assertThat(deployment.getMetadata().getName()).isEqualTo("demo");
        assertThat(deployment.getMetadata().getNamespace()).isEqualTo("team");
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
        var rolling = deployment.getSpec().getStrategy().getRollingUpdate();
        assertThat(rolling.getMaxUnavailable().getIntVal()).isZero();
        assertThat(rolling.getMaxSurge().getIntVal()).isEqualTo(1);
        assertThat(deployment.getSpec().getMinReadySeconds()).isEqualTo(10);
    }

    /** A selector can never be changed, so that it rests on nothing that a specification changes. */
    @Test
    void theSelectorIsMadeOfTheNameAlone() {
        Map<String, String> selector = Map.of(
                "app.kubernetes.io/name", "collab-cluster",
                "app.kubernetes.io/instance", "demo",
                "app.kubernetes.io/component", "server");
        for (CollabCluster cluster : new CollabCluster[] {
            Clusters.of(), Clusters.of("version: 9.9.9", "pod: {labels: {a: b}}", "replicas: 0")
        }) {
            Deployment deployment = deployment(cluster);
            assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(selector);
            assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                    .containsAllEntriesOf(selector);
        }
    }

    @Test
    void podsAreReplacedWhenTheirInputsChange() {
        String hash = hash(Clusters.of(), DATABASE);
        assertThat(hash(Clusters.of(), DATABASE)).isEqualTo(hash);
        assertThat(hash(Clusters.of("replicas: 5"), DATABASE)).isEqualTo(hash);
        assertThat(hash(Clusters.of("config: {limits: {pageSize: 7}}"), DATABASE))
                .isNotEqualTo(hash);
        assertThat(hash(Clusters.of(), Contexts.secret("demo-db", Map.of("username", "collab", "password", "two"))))
                .isNotEqualTo(hash);
        assertThat(hash(Clusters.of(), DATABASE, Contexts.secret("demo-internal", Map.of("redis-password", "x"))))
                .isNotEqualTo(hash);
    }

    @Test
    void otherPeoplesSecretsReplaceNoPod() {
        assertThat(hash(Clusters.of(), DATABASE, Contexts.secret("unrelated", Map.of("a", "b"))))
                .isEqualTo(hash(Clusters.of(), DATABASE));
    }

    private static String hash(CollabCluster cluster, Secret... secrets) {
        return new ServerDeployment()
                .desired(cluster, Contexts.with(secrets))
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get(Annotations.INPUTS_HASH);
    }

    private static Deployment deployment(CollabCluster cluster) {
        return new ServerDeployment().desired(cluster, Contexts.with(DATABASE));
    }
}
