package io.collabcluster.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.operator.api.Annotations;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.fake.Clusters;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NodePodTest {

    @Test
    void itRunsTheServerWithItsConfiguration() {
        Container server = server(Clusters.of("version: 1.2.3"));
        assertThat(server.getImage()).isEqualTo("docker.io/collabcluster/collab-service:1.2.3");
        assertThat(server.getArgs()).containsExactly("serve", "/etc/collab/config.json");
        assertThat(server.getPorts())
                .extracting("name", "containerPort")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("http", 3000),
                        org.assertj.core.groups.Tuple.tuple("internal", 3001));
        assertThat(pod(Clusters.of()).getVolumes())
                .filteredOn("name", "config")
                .singleElement()
                .satisfies(volume -> assertThat(volume.getConfigMap().getName()).isEqualTo("demo-config"));
    }

    @Test
    void anImageWithATagOrADigestOfItsOwnKeepsIt() {
        assertThat(NodePod.image(Clusters.of("image: registry:5000/collab").getSpec()))
                .isEqualTo("registry:5000/collab:0.1.0");
        assertThat(NodePod.image(Clusters.of("image: registry:5000/collab:dev").getSpec()))
                .isEqualTo("registry:5000/collab:dev");
        assertThat(NodePod.image(Clusters.of("image: collab@sha256:abc").getSpec()))
                .isEqualTo("collab@sha256:abc");
    }

    /** https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
    @Test
    void itMeetsTheRestrictedPodSecurityStandard() {
        PodSpec pod = pod(Clusters.of());
        Container server = pod.getContainers().getFirst();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(server.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(server.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(server.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).isFalse();
        assertThat(pod.getVolumes())
                .allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
    }

    @Test
    void probesAskTheNodeItself() {
        Container server = server(Clusters.of());
        assertThat(path(server.getReadinessProbe())).isEqualTo("/status/ready");
        assertThat(path(server.getLivenessProbe())).isEqualTo("/status/live");
        assertThat(path(server.getStartupProbe())).isEqualTo("/status/live");
    }

    private static String path(Probe probe) {
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
        return probe.getHttpGet().getPath();
    }

    @Test
    void itSleepsThenDrainsThenIsKilled() {
        CollabCluster cluster = Clusters.of("drain: {preStopSeconds: 15, windowSeconds: 60, gracePeriodSeconds: 120}");
        assertThat(pod(cluster).getTerminationGracePeriodSeconds()).isEqualTo(120);
        assertThat(server(cluster).getLifecycle().getPreStop().getSleep().getSeconds())
                .isEqualTo(15);
        assertThat(server(Clusters.of("drain: {preStopSeconds: 0}")).getLifecycle())
                .isNull();
    }

    @Test
    void whatIsSecretComesFromSecrets() {
        assertThat(secrets(Clusters.of("authorization: {jwtSecret: {name: jwt, key: hmac}}")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "COLLAB_DATASOURCE_USERNAME", "demo-db/username",
                        "COLLAB_DATASOURCE_PASSWORD", "demo-db/password",
                        "COLLAB_REDIS_PASSWORD", "demo-internal/redis-password",
                        "COLLAB_CLUSTER_SECRET", "demo-internal/cluster-secret",
                        "COLLAB_OPERATOR_TOKEN", "demo-internal/operator-token",
                        "COLLAB_ACCESS_JWTSECRET", "jwt/hmac"));
        assertThat(secrets(Clusters.of("redis: {urlSecret: {name: r, key: url}}")))
                .containsEntry("COLLAB_REDISSERVERURL", "r/url")
                .doesNotContainKey("COLLAB_REDIS_PASSWORD");
        assertThat(secrets(Clusters.of("redis: {url: \"redis://r:6379\", passwordSecret: {name: r, key: pw}}")))
                .containsEntry("COLLAB_REDIS_PASSWORD", "r/pw");
    }

    private static Map<String, String> secrets(CollabCluster cluster) {
        return server(cluster).getEnv().stream().collect(Collectors.toMap(EnvVar::getName, variable -> {
            var key = variable.getValueFrom().getSecretKeyRef();
            return key.getName() + "/" + key.getKey();
        }));
    }

    @Test
    void certificatesAreFiles() {
        CollabCluster cluster = Clusters.of(
                "redis: {url: \"rediss://r:6379\", tlsSecret: r-tls}",
                "authorization: {trustedCaSecret: {name: ca, key: ca.pem}}");
        assertThat(server(cluster).getVolumeMounts())
                .extracting("mountPath")
                .contains("/etc/collab-redis", "/etc/collab-trusted");
        assertThat(pod(cluster).getVolumes())
                .filteredOn(volume -> volume.getSecret() != null)
                .extracting(volume -> volume.getSecret().getSecretName())
                .containsExactlyInAnyOrder("r-tls", "ca");
    }

    @Test
    void nodesAreSpreadOverZonesAndMachines() {
        assertThat(pod(Clusters.of()).getTopologySpreadConstraints())
                .extracting(TopologySpreadConstraint::getTopologyKey, TopologySpreadConstraint::getWhenUnsatisfiable)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("topology.kubernetes.io/zone", "ScheduleAnyway"),
                        org.assertj.core.groups.Tuple.tuple("kubernetes.io/hostname", "ScheduleAnyway"));
        assertThat(pod(Clusters.of("scheduling: {zoneSpread: None, hostSpread: Required}"))
                        .getTopologySpreadConstraints())
                .singleElement()
                .satisfies(spread -> assertThat(spread.getWhenUnsatisfiable()).isEqualTo("DoNotSchedule"));
    }

    @Test
    void itGoesWhereTheSpecificationSays() {
        PodSpec pod = pod(Clusters.of("""
                imagePullSecrets: [pull]
                scheduling:
                  nodeSelector: {disk: ssd}
                  tolerations: [{key: gpu, operator: Exists}]
                  priorityClassName: high
                  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}
                """));
        assertThat(pod.getNodeSelector()).isEqualTo(Map.of("disk", "ssd"));
        assertThat(pod.getTolerations()).singleElement().satisfies(t -> assertThat(t.getKey())
                .isEqualTo("gpu"));
        assertThat(pod.getPriorityClassName()).isEqualTo("high");
        assertThat(pod.getImagePullSecrets())
                .extracting(LocalObjectReference::getName)
                .containsExactly("pull");
        assertThat(pod.getAffinity().getNodeAffinity()).isNotNull();
    }

    @Test
    void aRestartIsANewAnnotation() {
        CollabCluster cluster = Clusters.of();
        cluster.getMetadata().setAnnotations(Map.of(Annotations.RESTART, "2026-01-01"));
        assertThat(NodePod.of(cluster, "abc").getMetadata().getAnnotations())
                .isEqualTo(Map.of(Annotations.RESTART, "2026-01-01", Annotations.INPUTS_HASH, "abc"));
    }

    @Test
    void labelsOfThePeopleNeverBreakTheSelector() {
        PodTemplateSpec template =
                NodePod.of(Clusters.of("pod: {labels: {team: a, app.kubernetes.io/name: mine}}"), "abc");
        assertThat(template.getMetadata().getLabels())
                .containsEntry("team", "a")
                .containsEntry("app.kubernetes.io/name", "collab-cluster");
    }

    /** An API server fills these in, after which an object that lacks them differs for ever. */
    @Test
    void itHasNoEmptyTexts() {
        assertThat(Serialization.asJson(NodePod.of(Clusters.of(), "abc")).replaceAll("\\s", ""))
                .doesNotContain("\"\"", "[]");
    }

    private static PodSpec pod(CollabCluster cluster) {
        return NodePod.of(cluster, "abc").getSpec();
    }

    private static Container server(CollabCluster cluster) {
        return pod(cluster).getContainers().getFirst();
    }
}
