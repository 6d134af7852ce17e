package io.collabcluster.operator.chart;

import static io.collabcluster.operator.chart.Chart.of;
import static io.collabcluster.operator.chart.Chart.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each of the chart's values does. */
class ValuesTest {

    /** With what they are values of switched on. */
    private static final String ON = """
            replicas: 2
            podDisruptionBudget: {enabled: true}
            networkPolicy: {enabled: true}
            serviceMonitor: {enabled: true}
            """;

    /** Each value, and another one than by default and in {@link #ON}. */
    private static final String OTHER = """
            image.repository              | registry.example.com/operator
            image.tag                     | dev
            image.digest                  | sha256:0123456789012345678901234567890123456789012345678901234567890123
            image.pullPolicy              | Always
            imagePullSecrets              | [{name: pull}]
            replicas                      | 3
            watch.namespaces              | [team-a]
            crds.enabled                  | false
            crds.keep                     | false
            rbac.create                   | false
            serviceAccount.create         | false
            serviceAccount.name           | own
            serviceAccount.annotations    | {a: b}
            resources.requests.cpu        | 1
            resources.requests.memory     | 1Gi
            resources.limits.memory       | 2Gi
            extraEnv                      | [{name: A, value: b}]
            podLabels                     | {a: b}
            podAnnotations                | {a: b}
            nodeSelector                  | {disk: ssd}
            tolerations                   | [{operator: Exists}]
            affinity                      | {nodeAffinity: {}}
            topologySpreadConstraints     | [{maxSkew: 1}]
            priorityClassName             | high
            terminationGracePeriodSeconds | 60
            podDisruptionBudget.enabled   | false
            networkPolicy.enabled         | false
            networkPolicy.from            | [{podSelector: {}}]
            serviceMonitor.enabled        | false
            serviceMonitor.interval       | 1m
            serviceMonitor.labels         | {a: b}
            tests.image                   | registry.example.com/wget:1
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = OTHER)
    void noValueIsDead(String name, String other) {
        assertThat(Chart.everything(with(name, other))).isNotEqualTo(Chart.everything(ON));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = OTHER)
    void aValueOfAnotherTypeIsRefused(String name) {
        assertThatThrownBy(() -> Chart.everything(with(name, "[true]")))
                .hasMessageContaining("don't meet the specifications of the schema");
    }

    @Test
    void theTwoTestsBeforeMissNone() throws IOException {
        var leaves = new TreeSet<String>();
        leaves("", Serialization.unmarshal(Files.readString(Chart.FOLDER.resolve("values.yaml")), JsonNode.class))
                .forEach(leaves::add);
        assertThat(OTHER.lines().map(line -> line.split("\\|")[0].strip())).containsExactlyInAnyOrderElementsOf(leaves);
    }

    @Test
    void whereItRunsAndWhatItReadsIsAsInAPod() {
        String values = """
                imagePullSecrets: [{name: one}, {name: two}]
                nodeSelector: {disk: ssd}
                tolerations:
                  - {key: dedicated, operator: Equal, value: operators, effect: NoSchedule}
                  - {operator: Exists, tolerationSeconds: 30}
                affinity:
                  podAntiAffinity:
                    requiredDuringSchedulingIgnoredDuringExecution:
                      - topologyKey: kubernetes.io/hostname
                        labelSelector: {matchLabels: {app.kubernetes.io/name: collab-operator}}
                topologySpreadConstraints:
                  - maxSkew: 1
                    topologyKey: topology.kubernetes.io/zone
                    whenUnsatisfiable: ScheduleAnyway
                    labelSelector: {matchLabels: {app.kubernetes.io/name: collab-operator}}
                priorityClassName: high
                terminationGracePeriodSeconds: 60
                """;
        PodSpec asked = Serialization.unmarshal(values, PodSpec.class);
        PodSpec made = template(Chart.objects(Chart.everything(values))).getSpec();
        assertThat(made)
                .usingRecursiveComparison()
                .comparingOnlyFields(
                        "imagePullSecrets",
                        "nodeSelector",
                        "tolerations",
                        "affinity",
                        "topologySpreadConstraints",
                        "priorityClassName",
                        "terminationGracePeriodSeconds")
                .isEqualTo(asked);
        assertThat(made.getTopologySpreadConstraints()).hasSize(1);
        assertThat(made.getAffinity().getPodAntiAffinity()).isNotNull();
    }

    /** Also of a Secret, and beside the chart's own, which it can replace: the last of a name counts. */
    @Test
    void moreVariablesFollowTheChartsOwn() {
        var variables = template(Chart.objects(Chart.everything("""
                        extraEnv:
                          - name: TOKEN
                            valueFrom: {secretKeyRef: {name: token, key: text}}
                        """)))
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv();
        assertThat(variables)
                .extracting("name")
                .containsExactly(
                        "QUARKUS_OPERATOR_SDK_CONTROLLERS_COLLABCLUSTER_NAMESPACES", "COLLAB_OPERATOR_LEASE", "TOKEN");
        assertThat(variables.getLast().getValueFrom().getSecretKeyRef().getName())
                .isEqualTo("token");
    }

    @Test
    void aPolicyWithoutPeersLetsEveryoneReadMetricsAndHealthOnly() {
        var policy = one(Chart.render("networkPolicy.enabled=true"), NetworkPolicy.class)
                .getSpec();
        assertThat(policy.getPolicyTypes()).containsExactly("Ingress");
        assertThat(policy.getIngress()).singleElement().satisfies(rule -> {
            assertThat(rule.getFrom()).isEmpty();
            assertThat(rule.getPorts())
                    .singleElement()
                    .satisfies(port -> assertThat(port.getPort().getStrVal()).isEqualTo("http"));
        });
    }

    @Test
    void theTestComesFromThePlaceThatTheOperatorComesFrom() {
        Pod test = one(
                Chart.objects(Chart.everything(
                        "imagePullSecrets: [{name: pull}]\ntests: {image: registry.example.com/wget:1}")),
                Pod.class);
        assertThat(test.getSpec().getContainers().getFirst().getImage()).isEqualTo("registry.example.com/wget:1");
        assertThat(test.getSpec().getImagePullSecrets()).extracting("name").containsExactly("pull");
    }

    @Test
    void theAccountCarriesItsAnnotations() {
        List<HasMetadata> objects =
                Chart.objects(Chart.everything("serviceAccount: {annotations: {eks.amazonaws.com/role-arn: arn}}"));
        assertThat(one(objects, ServiceAccount.class).getMetadata().getAnnotations())
                .isEqualTo(Map.of("eks.amazonaws.com/role-arn", "arn"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}
            {namespaces: [team-a, team-b]}
            """)
    void rightsGoToTheAccountThatThePodsHave(String watch) {
        List<HasMetadata> objects =
                Chart.objects(Chart.everything("watch: " + watch + "\nserviceAccount: {create: false, name: own}"));
        assertThat(of(objects, ServiceAccount.class)).isEmpty();
        assertThat(template(objects).getSpec().getServiceAccountName()).isEqualTo("own");
        List<Subject> subjects = Stream.concat(
                        of(objects, RoleBinding.class).stream().map(RoleBinding::getSubjects),
                        of(objects, ClusterRoleBinding.class).stream().map(ClusterRoleBinding::getSubjects))
                .flatMap(List::stream)
                .toList();
        assertThat(subjects).hasSizeGreaterThanOrEqualTo(2).allSatisfy(subject -> {
            assertThat(subject.getKind()).isEqualTo("ServiceAccount");
            assertThat(subject.getName()).isEqualTo("own");
            assertThat(subject.getNamespace()).isEqualTo("operators");
        });
    }

    @Test
    void someNamespacesAreWatchedWithoutRolesOfTheChartsToo() {
        List<HasMetadata> objects =
                Chart.objects(Chart.everything("rbac: {create: false}\nwatch: {namespaces: [team-a]}"));
        assertThat(objects).noneMatch(object -> object.getKind().contains("Role"));
        assertThat(template(objects).getSpec().getContainers().getFirst().getEnv())
                .anySatisfy(variable -> assertThat(variable.getValue()).isEqualTo("team-a"));
    }

    /** There, the lease's Role and the one for what is watched stand side by side. */
    @Test
    void theOwnNamespaceCanBeTheOneThatIsWatched() {
        List<HasMetadata> objects = Chart.objects(Chart.everything("watch: {namespaces: [operators]}"));
        assertThat(of(objects, Role.class))
                .extracting(role -> role.getMetadata().getNamespace() + "/"
                        + role.getMetadata().getName())
                .containsExactlyInAnyOrder("operators/release", "operators/release-lease");
        assertThat(of(objects, RoleBinding.class)).hasSize(2).allSatisfy(binding -> assertThat(
                        binding.getRoleRef().getName())
                .isEqualTo(binding.getMetadata().getName()));
    }

    @Test
    void aBudgetIsForTheOperatorsPodsOnly() {
        List<HasMetadata> objects = Chart.objects(Chart.everything(ON));
        var budget = one(objects, PodDisruptionBudget.class).getSpec();
        assertThat(one(objects, Deployment.class).getSpec().getReplicas()).isEqualTo(2);
        Map<String, String> selector = budget.getSelector().getMatchLabels();
        assertThat(template(objects).getMetadata().getLabels()).containsAllEntriesOf(selector);
        assertThat(one(objects, Pod.class).getMetadata().getLabels().entrySet())
                .doesNotContainAnyElementsOf(selector.entrySet().stream()
                        .filter(label -> label.getKey().endsWith("/name"))
                        .toList());
    }

    /** A namespace may be called 42, which without quotes is a number, and refused. */
    @Test
    void namesOfDigitsStayText() {
        String rendered = Chart.everything(
                ON + "watch: {namespaces: ['42']}\nserviceAccount: {name: '7'}\npriorityClassName: '8'\n", "1", "2");
        List<JsonNode> objects = Chart.documents(rendered)
                .map(document -> Serialization.unmarshal(document, JsonNode.class))
                .toList();
        for (String name : List.of(
                "name",
                "namespace",
                "app.kubernetes.io/instance",
                "serviceAccountName",
                "priorityClassName",
                "value")) {
            List<JsonNode> found = objects.stream()
                    .filter(object -> !object.path("kind").asText().equals("CustomResourceDefinition"))
                    .flatMap(object -> object.findValues(name).stream())
                    .toList();
            assertThat(found).as(name).isNotEmpty().allMatch(JsonNode::isTextual);
        }
    }

    private static PodTemplateSpec template(List<HasMetadata> objects) {
        return one(objects, Deployment.class).getSpec().getTemplate();
    }

    private static String with(String name, String value) {
        ObjectNode values = Serialization.unmarshal(ON, ObjectNode.class);
        String[] path = name.split("\\.");
        ObjectNode at = values;
        for (int i = 0; i < path.length - 1; i++) {
            at = at.withObjectProperty(path[i]);
        }
        at.set(
                path[path.length - 1],
                Serialization.unmarshal("value: " + value, JsonNode.class).get("value"));
        return Serialization.asYaml(values);
    }

    private static Stream<String> leaves(String name, JsonNode value) {
        return value.isObject() && !value.isEmpty()
                ? value.properties().stream()
                        .flatMap(inner ->
                                leaves(name.isEmpty() ? inner.getKey() : name + "." + inner.getKey(), inner.getValue()))
                : Stream.of(name);
    }
}
