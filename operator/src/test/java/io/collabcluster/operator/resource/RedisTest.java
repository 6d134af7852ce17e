package io.collabcluster.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Contexts;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisTest {

    private static final CollabCluster PERSISTENT = Clusters.of("""
            redis: {managed: {persistence: {enabled: true, size: 2048Mi, storageClassName: fast}}}
            """);

    @Test
    void itsPasswordIsMadeUpOnceAndKept() {
        CollabCluster cluster = Clusters.of();
        Secret first = new InternalSecret().desired(cluster, Contexts.with());
        String password = Contexts.text(first, "redis-password");
        assertThat(password).hasSize(43);
        assertThat(Contexts.text(new InternalSecret().desired(cluster, Contexts.with()), "redis-password"))
                .isNotEqualTo(password);
        Secret there = Contexts.owned(cluster, "demo-internal", Map.of("redis-password", password));
        assertThat(Contexts.text(new InternalSecret().desired(cluster, Contexts.with(there)), "redis-password"))
                .isEqualTo(password);
        assertThat(new InternalSecret()
                        .desired(Clusters.of("redis: {url: \"redis://r\"}"), Contexts.with())
                        .getData())
                .doesNotContainKey("redis-password");
    }

    /** Else whoever may write Secrets could choose the password before the operator does. */
    @Test
    void anothersSecretIsNotBelieved() {
        Secret foreign = Contexts.secret("demo-internal", Map.of("redis-password", "chosen"));
        assertThat(Contexts.text(new InternalSecret().desired(Clusters.of(), Contexts.with(foreign)), "redis-password"))
                .isNotEqualTo("chosen");
    }

    @Test
    void itsConfigurationHasThePassword() {
        CollabCluster cluster = Clusters.of();
        var there = Contexts.with(Contexts.owned(cluster, "demo-internal", Map.of("redis-password", "secret")));
        assertThat(Contexts.text(new RedisConfig().desired(cluster, there), "redis.conf"))
                .contains("requirepass secret\n", "appendonly no\n");
        assertThat(Contexts.text(new RedisConfig().desired(PERSISTENT, there), "redis.conf"))
                .contains("appendonly yes\n");
        assertThatThrownBy(() -> new RedisConfig().desired(cluster, Contexts.with()))
                .hasMessageContaining("demo-internal");
    }

    @Test
    void thePasswordIsOnNoCommandLineAndInNoVariable() {
        var redis = set(Clusters.of())
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        assertThat(redis.getCommand()).containsExactly("redis-server", "/etc/redis/redis.conf");
        assertThat(redis.getEnv()).isEmpty();
    }

    @Test
    void withoutPersistenceItsDataGoesWithThePod() {
        StatefulSet set = set(Clusters.of());
        assertThat(set.getSpec().getReplicas()).isEqualTo(1);
        assertThat(set.getSpec().getServiceName()).isEqualTo("demo-redis");
        assertThat(set.getSpec().getVolumeClaimTemplates()).isEmpty();
        assertThat(set.getSpec().getTemplate().getSpec().getVolumes())
                .filteredOn("name", "data")
                .singleElement()
                .extracting(Volume::getEmptyDir)
                .isNotNull();
    }

    @Test
    void withPersistenceItHasAVolumeOfTheSizeAsAnApiServerWritesIt() {
        StatefulSet set = set(PERSISTENT);
        assertThat(set.getSpec().getVolumeClaimTemplates()).singleElement().satisfies(claim -> {
            assertThat(claim.getSpec().getStorageClassName()).isEqualTo("fast");
            assertThat(claim.getSpec().getResources().getRequests().get("storage"))
                    .hasToString("2Gi");
        });
        assertThat(set.getSpec().getTemplate().getSpec().getVolumes())
                .extracting("name")
                .containsExactly("config");
    }

    @Test
    void itMeetsTheRestrictedPodSecurityStandard() {
        var pod = set(Clusters.of()).getSpec().getTemplate().getSpec();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        var container = pod.getContainers().getFirst().getSecurityContext();
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    }

    /** A StatefulSet waits, else, for the pod that never gets ready before it replaces it (kubernetes issue 67250). */
    @Test
    void aPodThatNeverGotReadyIsReplaced() {
        assertThat(set(Clusters.of()).getSpec().getPodManagementPolicy()).isEqualTo("Parallel");
        assertThat(set(PERSISTENT).getSpec().getPodManagementPolicy()).isEqualTo("Parallel");
    }

    @Test
    void itGoesWhereTheSpecificationSaysAndItsImageIsPulledAsTheNodes() {
        var pod = set(Clusters.of("""
                imagePullSecrets: [one, two]
                scheduling:
                  nodeSelector: {disk: ssd}
                  tolerations: [{key: gpu, operator: Exists}]
                  priorityClassName: high
                  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}
                """)).getSpec().getTemplate().getSpec();
        assertThat(pod.getImagePullSecrets())
                .extracting(LocalObjectReference::getName)
                .containsExactly("one", "two");
        assertThat(pod.getNodeSelector()).isEqualTo(Map.of("disk", "ssd"));
        assertThat(pod.getTolerations()).extracting(Toleration::getKey).containsExactly("gpu");
        assertThat(pod.getPriorityClassName()).isEqualTo("high");
        // Those are about many nodes.
        assertThat(pod.getAffinity()).isNull();
        assertThat(pod.getTopologySpreadConstraints()).isEmpty();
    }

    @Test
    void whatTheSpecificationLeavesOutIsNotThere() {
        assertThat(Serialization.asJson(set(Clusters.of())))
                .doesNotContain("imagePullSecrets", "nodeSelector", "tolerations", "priorityClassName");
    }

    @Test
    void aNewPasswordReplacesItsPod() {
        CollabCluster cluster = Clusters.of();
        assertThat(hash(Contexts.owned(cluster, "demo-redis", Map.of("redis.conf", "a"))))
                .isNotEqualTo(hash(Contexts.owned(cluster, "demo-redis", Map.of("redis.conf", "b"))));
    }

    private static String hash(Secret secret) {
        return new RedisStatefulSet()
                .desired(Clusters.of(), Contexts.with(secret))
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("collabcluster.io/inputs-hash");
    }

    @Test
    void theNodesFindItByItsService() {
        Service service = new RedisService().desired(Clusters.of(), Contexts.with());
        assertThat(service.getMetadata().getName()).isEqualTo("demo-redis");
        assertThat(service.getSpec().getType()).isEqualTo("ClusterIP");
        var pod = set(Clusters.of()).getSpec().getTemplate();
        assertThat(service.getSpec().getSelector())
                .containsEntry("app.kubernetes.io/instance", "demo")
                .containsEntry("app.kubernetes.io/component", "redis");
        assertThat(pod.getMetadata().getLabels())
                .containsAllEntriesOf(service.getSpec().getSelector());
        var port = pod.getSpec().getContainers().getFirst().getPorts().getFirst();
        assertThat(service.getSpec().getPorts()).singleElement().satisfies(found -> {
            assertThat(found.getPort()).isEqualTo(6379);
            assertThat(found.getTargetPort().getStrVal()).isEqualTo(port.getName());
            assertThat(found.getProtocol()).isEqualTo("TCP");
        });
        assertThat(port.getContainerPort()).isEqualTo(6379);
    }

    @Test
    void onlyTheNodesReachIt() {
        var policy = new RedisNetworkPolicy().desired(Clusters.of(), Contexts.with());
        assertThat(policy.getSpec().getPodSelector().getMatchLabels())
                .containsEntry("app.kubernetes.io/component", "redis");
        assertThat(policy.getSpec().getIngress()).singleElement().satisfies(rule -> {
            assertThat(rule.getFrom().getFirst().getPodSelector().getMatchLabels())
                    .containsEntry("app.kubernetes.io/component", "server");
            assertThat(rule.getPorts().getFirst().getPort().getIntVal()).isEqualTo(6379);
        });
    }

    @Test
    void aRedisOfYourOwnMakesNone() {
        assertThat(new RedisWanted().isMet(null, Clusters.of(), null)).isTrue();
        assertThat(new RedisWanted().isMet(null, Clusters.of("redis: {url: \"redis://r\"}"), null))
                .isFalse();
        assertThat(new RedisWanted().isMet(null, Clusters.of("redis: {urlSecret: {name: a, key: b}}"), null))
                .isFalse();
        assertThat(new RedisNetworkPolicy.Wanted().isMet(null, Clusters.of("networkPolicy: {enabled: true}"), null))
                .isTrue();
        assertThat(new RedisNetworkPolicy.Wanted().isMet(null, Clusters.of(), null))
                .isFalse();
    }

    private static StatefulSet set(CollabCluster cluster) {
        return new RedisStatefulSet().desired(cluster, Contexts.with());
    }
}
