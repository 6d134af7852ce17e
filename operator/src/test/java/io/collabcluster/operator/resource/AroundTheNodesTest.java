package io.collabcluster.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Contexts;
import io.collabcluster.operator.pod.Quantities;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AroundTheNodesTest {

    @Test
    void theAccountHasNoToken() {
        var account = new ServerAccount().desired(Clusters.of(), Contexts.with());
        assertThat(account.getMetadata().getName()).isEqualTo("demo");
        assertThat(account.getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void theConfigurationIsOneFile() {
        var config = new ServerConfig().desired(Clusters.of(), Contexts.with());
        assertThat(config.getMetadata().getName()).isEqualTo("demo-config");
        assertThat(config.getData()).containsOnlyKeys("config.json");
    }

    @Test
    void nodesKnowEachOtherByASecretThatIsKept() {
        CollabCluster cluster = Clusters.of();
        Secret first = new InternalSecret().desired(cluster, Contexts.with());
        assertThat(first.getData()).containsOnlyKeys("cluster-secret", "operator-token", "redis-password");
        // The server takes none that is shorter.
        assertThat(Contexts.text(first, "cluster-secret")).hasSizeGreaterThanOrEqualTo(32);
        assertThat(Contexts.text(first, "operator-token")).hasSizeGreaterThanOrEqualTo(32);
        Secret there = Contexts.owned(
                cluster,
                "demo-internal",
                Map.of(
                        "cluster-secret", "c".repeat(40),
                        "operator-token", "o".repeat(40),
                        "redis-password", "r".repeat(40)));
        assertThat(new InternalSecret().desired(cluster, Contexts.with(there)).getData())
                .isEqualTo(there.getData());
    }

    @Test
    void oneNodeAtATimeMayBeTakenFromItsMachine() {
        var budget = new ServerDisruptionBudget().desired(Clusters.of(), Contexts.with());
        assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
        assertThat(budget.getSpec().getUnhealthyPodEvictionPolicy()).isEqualTo("AlwaysAllow");
        assertThat(budget.getSpec().getSelector().getMatchLabels())
                .containsEntry("app.kubernetes.io/component", "server");
    }

    @Test
    void theAutoscalerScalesTheResourceItself() {
        var autoscaler = new ServerAutoscaler()
                .desired(
                        Clusters.of(
                                "autoscaling: {enabled: true, minReplicas: 3, maxReplicas: 9, cpuPercent: 70}",
                                "resources: {requests: {cpu: 500m}}"),
                        Contexts.with());
        var target = autoscaler.getSpec().getScaleTargetRef();
        assertThat(target.getApiVersion()).isEqualTo("collabcluster.io/v1alpha1");
        assertThat(target.getKind()).isEqualTo("CollabCluster");
        assertThat(target.getName()).isEqualTo("demo");
        assertThat(autoscaler.getSpec().getMinReplicas()).isEqualTo(3);
        assertThat(autoscaler.getSpec().getMaxReplicas()).isEqualTo(9);
        var down = autoscaler.getSpec().getBehavior().getScaleDown();
        assertThat(down.getStabilizationWindowSeconds()).isEqualTo(600);
        assertThat(down.getPolicies()).singleElement().satisfies(policy -> assertThat(policy.getValue())
                .isEqualTo(1));
        assertThat(autoscaler.getSpec().getMetrics()).hasSize(2);
        var connections = autoscaler.getSpec().getMetrics().getFirst().getPods();
        assertThat(connections.getMetric().getName()).isEqualTo("collab_connections");
        assertThat(connections.getTarget().getAverageValue()).hasToString("5k");
    }

    @Test
    void theAutoscalerLeavesOutWhatIsZero() {
        var autoscaler = new ServerAutoscaler()
                .desired(
                        Clusters.of(
                                "autoscaling: {enabled: true, connectionsPerNode: 0, cpuPercent: 70}",
                                "resources: {limits: {cpu: 1}}"),
                        Contexts.with());
        assertThat(autoscaler.getSpec().getMetrics())
                .singleElement()
                .satisfies(metric -> assertThat(metric.getResource().getName()).isEqualTo("cpu"));
    }

    @Test
    void clientsReachTheClientPortAndNodesTheInternalOne() {
        var open = new ServerNetworkPolicy().desired(Clusters.of("networkPolicy: {enabled: true}"), Contexts.with());
        assertThat(open.getSpec().getIngress()).hasSize(2);
        assertThat(open.getSpec().getIngress().get(0).getFrom()).isEmpty();
        assertThat(open.getSpec()
                        .getIngress()
                        .get(0)
                        .getPorts()
                        .getFirst()
                        .getPort()
                        .getIntVal())
                .isEqualTo(3000);
        assertThat(open.getSpec().getIngress().get(1).getFrom()).hasSize(1);
        assertThat(open.getSpec()
                        .getIngress()
                        .get(1)
                        .getPorts()
                        .getFirst()
                        .getPort()
                        .getIntVal())
                .isEqualTo(3001);

        var closed = new ServerNetworkPolicy().desired(Clusters.of("""
                networkPolicy:
                  enabled: true
                  clients: [{namespaceSelector: {matchLabels: {name: ingress}}}]
                  monitoring: [{namespaceSelector: {matchLabels: {name: monitoring}}}]
                """), Contexts.in(Optional.of("operators")));
        assertThat(closed.getSpec().getIngress().getFirst().getFrom())
                .hasSize(3)
                .extracting(peer -> peer.getNamespaceSelector().getMatchLabels())
                .contains(Map.of("name", "ingress"), Map.of("name", "monitoring"));
    }

    /** Else naming the clients would lock it out, and no state of a node be known. */
    @Test
    void theOperatorReachesTheNodesWhoeverElseMay() {
        CollabCluster closed = Clusters.of("networkPolicy: {enabled: true, clients: [{podSelector: {}}]}");
        NetworkPolicyPeer here = lastPeer(closed, Optional.of("operators"));
        assertThat(here.getNamespaceSelector().getMatchLabels())
                .isEqualTo(Map.of("kubernetes.io/metadata.name", "operators"));
        assertThat(here.getPodSelector().getMatchLabels())
                .isEqualTo(Map.of("app.kubernetes.io/name", "collab-operator"));
        NetworkPolicyPeer somewhere = lastPeer(closed, Optional.empty());
        // Without it, the policy would speak of its own namespace alone.
        assertThat(Serialization.asJson(somewhere.getNamespaceSelector())).isEqualToIgnoringWhitespace("{}");
        assertThat(somewhere.getPodSelector()).isEqualTo(here.getPodSelector());
    }

    private static NetworkPolicyPeer lastPeer(CollabCluster cluster, Optional<String> namespace) {
        return new ServerNetworkPolicy()
                .desired(cluster, Contexts.in(namespace))
                .getSpec()
                .getIngress()
                .getFirst()
                .getFrom()
                .getLast();
    }

    @Test
    void prometheusReadsEachNodeOnce() {
        var monitor = new ServerMonitor()
                .desired(
                        Clusters.of("monitoring: {serviceMonitor: true, intervalSeconds: 15, labels: {release: prom}}"),
                        Contexts.with());
        assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prom");
        // What it selects is the nodes' Service alone: the clients' leads to the same pods.
        Map<String, String> wanted = monitor.getSpec().getSelector().getMatchLabels();
        assertThat(labels(new NodesService())).containsAllEntriesOf(wanted);
        assertThat(labels(new ClientService())).doesNotContainKey("collabcluster.io/scope");
        var endpoint = monitor.getSpec().getEndpoints().getFirst();
        assertThat(endpoint.getPath()).isEqualTo("/q/metrics");
        assertThat(endpoint.getInterval()).isEqualTo("15s");
        assertThat(endpoint.getPort()).isEqualTo("http");
    }

    private static Map<String, String> labels(OwnedResource<? extends HasMetadata> resource) {
        return resource.desired(Clusters.of(), Contexts.with()).getMetadata().getLabels();
    }

    @Test
    void alertsAreAboutThisClusterAlone() {
        List<Rule> rules = alerts();
        assertThat(rules).hasSizeGreaterThanOrEqualTo(5).allSatisfy(rule -> {
            assertThat(String.valueOf(rule.getExpr().getValue()))
                    .contains("namespace=\"team\",service=\"demo-nodes\"")
                    .doesNotContain("$nodes");
            assertThat(rule.getAnnotations()).containsKeys("summary", "description");
            assertThat(rule.getLabels()).containsKey("severity");
        });
    }

    /** A metric that no server has would make an alert that never comes, and an empty panel. */
    @Test
    void alertsAndDashboardRestOnMetricsThatTheServerHas() throws IOException {
        String documented = Files.readString(Path.of("../docs/operations.md"));
        String used = alerts()
                + new Dashboard()
                        .desired(Clusters.of(), Contexts.with())
                        .getData()
                        .toString();
        List<String> metrics = Pattern.compile("collab_[a-z_]+")
                .matcher(used)
                .results()
                .map(match -> match.group())
                .distinct()
                .toList();
        assertThat(metrics).hasSizeGreaterThan(5).allSatisfy(metric -> assertThat(documented)
                .contains("`" + metric));
    }

    /** Else it would fire as long as nobody wants a node. */
    @Test
    void thatNoNodeCanBeReachedIsNoAlertWhereNoneIsWanted() {
        assertThat(alerts()).extracting(Rule::getAlert).contains("CollabClusterDown", "CollabClusterNodeDown");
        assertThat(alerts("replicas: 0"))
                .extracting(Rule::getAlert)
                .contains("CollabClusterNodeDown")
                .doesNotContain("CollabClusterDown");
    }

    private static List<Rule> alerts(String... spec) {
        String[] watched = Stream.concat(Stream.of("monitoring: {serviceMonitor: true, alerts: true}"), Stream.of(spec))
                .toArray(String[]::new);
        return new ServerAlerts()
                .desired(Clusters.of(watched), Contexts.with())
                .getSpec()
                .getGroups()
                .getFirst()
                .getRules();
    }

    @Test
    void grafanaFindsTheDashboard() throws IOException {
        var dashboard = new Dashboard().desired(Clusters.of(), Contexts.with());
        assertThat(dashboard.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
        var json = new ObjectMapper().readTree(dashboard.getData().get("demo-dashboard.json"));
        assertThat(json.at("/title").asText()).isEqualTo("Collab Cluster team/demo");
        assertThat(json.at("/panels")).isNotEmpty().allSatisfy(panel -> assertThat(
                        panel.at("/targets/0/expr").asText())
                .contains("service=\"demo-nodes\""));
    }

    @Test
    void whatIsNotAskedForIsNotThere() {
        CollabCluster plain = Clusters.of();
        CollabCluster all = Clusters.of(
                "monitoring: {serviceMonitor: true, alerts: true, dashboard: true}",
                "networkPolicy: {enabled: true}",
                "autoscaling: {enabled: true}");
        List.of(
                        new ServerMonitor.Wanted(),
                        new ServerAlerts.Wanted(),
                        new Dashboard.Wanted(),
                        new ServerNetworkPolicy.Wanted(),
                        new ServerAutoscaler.Wanted())
                .forEach(wanted -> {
                    assertThat(wanted.isMet(null, plain, null)).as("%s", wanted).isFalse();
                    assertThat(wanted.isMet(null, all, null)).as("%s", wanted).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "1024Mi, 1Gi",
        "1Gi, 1Gi",
        "1500Mi, 1500Mi",
        "1000k, 1M",
        "5500, 5500",
        "2000000, 2M",
        "10, 10",
        "1.5Gi, 1536Mi",
        "0.5G, 500M",
        "0.3Ki, 0.3Ki"
    })
    void quantitiesAreWrittenAsAnApiServerWritesThem(String text, String canonical) {
        assertThat(Quantities.of(text)).hasToString(canonical);
        assertThat(Quantities.of(text).getNumericalAmount())
                .isEqualByComparingTo(new Quantity(text).getNumericalAmount());
    }
}
