package io.collabcluster.operator.chart;

import static io.collabcluster.operator.chart.Chart.of;
import static io.collabcluster.operator.chart.Chart.one;
import static io.collabcluster.operator.chart.Chart.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.fake.Admission;
import io.collabcluster.operator.fake.Crd;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart, by Helm itself. */
class ChartTest {

    private static final Path CHART = Chart.FOLDER;
    private static final Path CRD = CHART.resolve("files/collabclusters.collabcluster.io.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void helmFindsNothingWrong() {
        var result = new Helm(CHART).lint().strict().call();
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    /** {@code -Dcollab.docs.write} writes it anew. */
    @Test
    void itsDefinitionIsTheGeneratedOne() throws IOException {
        if (System.getProperty("collab.docs.write") != null) {
            Files.writeString(CRD, Crd.YAML);
        }
        assertThat(Files.readString(CRD))
                .as("%s: ./mvnw -pl operator test -Dtest=ChartTest -Dcollab.docs.write writes it anew", CRD)
                .isEqualTo(Crd.YAML);
        CustomResourceDefinition rendered = one(render(), CustomResourceDefinition.class);
        assertThat(rendered.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
        assertThat(rendered.getSpec()).isEqualTo(Crd.DEFINITION.getSpec());
    }

    @Test
    void theDefinitionCanBeLeftOutOrLeftToHelm() {
        assertThat(of(render("crds.enabled=false"), CustomResourceDefinition.class))
                .isEmpty();
        assertThat(one(render("crds.keep=false"), CustomResourceDefinition.class)
                        .getMetadata()
                        .getAnnotations())
                .doesNotContainKey("helm.sh/resource-policy");
    }

    @Test
    void byDefaultAllNamespacesAreWatched() {
        List<HasMetadata> objects = render();
        assertThat(environment(objects))
                .containsEntry("QUARKUS_OPERATOR_SDK_CONTROLLERS_COLLABCLUSTER_NAMESPACES", "JOSDK_ALL_NAMESPACES");
        List<PolicyRule> rules = one(objects, ClusterRole.class).getRules();
        assertThat(rules).containsAll(granted());
        // Beside, only a look at the classes that resources name.
        assertThat(rules)
                .filteredOn(rule -> !granted().contains(rule))
                .hasSize(3)
                .allSatisfy(rule -> assertThat(rule.getVerbs()).containsExactly("get"))
                .flatExtracting(PolicyRule::getResources)
                .containsExactly("ingressclasses", "storageclasses", "priorityclasses");
        assertThat(one(objects, ClusterRoleBinding.class).getSubjects())
                .singleElement()
                .satisfies(subject -> {
                    assertThat(subject.getName()).isEqualTo("release");
                    assertThat(subject.getNamespace()).isEqualTo("operators");
                });
        assertThat(of(objects, Role.class))
                .extracting(role -> role.getMetadata().getName())
                .containsExactly("release-lease");
    }

    @Test
    void withNamespacesTheOperatorHasNoRightInTheWholeCluster() {
        List<HasMetadata> objects = render("watch.namespaces[0]=team-a", "watch.namespaces[1]=team-b");
        assertThat(environment(objects))
                .containsEntry("QUARKUS_OPERATOR_SDK_CONTROLLERS_COLLABCLUSTER_NAMESPACES", "team-a,team-b");
        assertThat(of(objects, ClusterRole.class)).isEmpty();
        assertThat(of(objects, ClusterRoleBinding.class)).isEmpty();
        List<Role> roles = of(objects, Role.class).stream()
                .filter(role -> !role.getMetadata().getName().endsWith("-lease"))
                .toList();
        assertThat(roles).extracting(role -> role.getMetadata().getNamespace()).containsExactly("team-a", "team-b");
        assertThat(roles).allSatisfy(role -> assertThat(role.getRules()).isEqualTo(granted()));
        assertThat(of(objects, RoleBinding.class))
                .filteredOn(binding -> !binding.getMetadata().getName().endsWith("-lease"))
                .hasSize(2)
                .allSatisfy(
                        binding -> assertThat(binding.getSubjects().getFirst().getNamespace())
                                .isEqualTo("operators"));
    }

    /** Two releases in one namespace watch different namespaces: neither waits for the other's. */
    @Test
    void theLeaseIsNamedAfterTheRelease() {
        assertThat(environment(render())).containsEntry("COLLAB_OPERATOR_LEASE", "release");
    }

    @Test
    void theLeaseIsTheOperatorsOwn() {
        Role lease = of(render(), Role.class).getFirst();
        assertThat(lease.getMetadata().getNamespace()).isEqualTo("operators");
        assertThat(lease.getRules()).singleElement().satisfies(rule -> {
            assertThat(rule.getResources()).containsExactly("leases");
            assertThat(rule.getVerbs()).contains("get", "create", "update");
        });
    }

    @Test
    void noRoleIsMadeWhereSomebodyElseDoes() {
        List<HasMetadata> objects =
                render("rbac.create=false", "serviceAccount.create=false", "serviceAccount.name=own");
        assertThat(objects)
                .noneMatch(object -> object.getKind().contains("Role"))
                .noneMatch(ServiceAccount.class::isInstance);
        assertThat(pod(objects).getServiceAccountName()).isEqualTo("own");
    }

    @Test
    void theOperatorMeetsTheRestrictedPodSecurityStandard() {
        restricted(pod(render()));
        restricted(test().getSpec());
    }

    private static void restricted(PodSpec pod) {
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getContainers()).allSatisfy(container -> {
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
        });
    }

    /** By which the nodes' NetworkPolicy lets the operator in. */
    @Test
    void theOperatorsPodsHaveTheLabelThatTheNodesKnowThemBy() {
        var labels = one(render("podLabels.team=a"), Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels();
        assertThat(labels).containsEntry(Labels.NAME, Labels.OPERATOR);
    }

    @Test
    void theImageIsTheChartsVersionOrWhatTheValuesSay() {
        assertThat(operator(render()).getImage()).isEqualTo("docker.io/collabcluster/collab-operator:0.1.0");
        assertThat(operator(render("image.tag=dev")).getImage()).endsWith(":dev");
        String digest = "sha256:" + "a".repeat(64);
        assertThat(operator(render("image.tag=dev", "image.digest=" + digest)).getImage())
                .endsWith("@" + digest);
    }

    @Test
    void whatIsSwitchedOnIsThere() {
        List<HasMetadata> objects = render(
                "replicas=2",
                "podDisruptionBudget.enabled=true",
                "networkPolicy.enabled=true",
                "networkPolicy.from[0].namespaceSelector.matchLabels.name=monitoring",
                "serviceMonitor.enabled=true",
                "serviceMonitor.labels.release=prom",
                "priorityClassName=high",
                "podLabels.team=a",
                "podAnnotations.note=b",
                "imagePullSecrets[0].name=pull",
                "nodeSelector.disk=ssd",
                "extraEnv[0].name=QUARKUS_LOG_LEVEL",
                "extraEnv[0].value=DEBUG");
        assertThat(one(objects, PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
        List<NetworkPolicyPeer> peers = one(objects, NetworkPolicy.class)
                .getSpec()
                .getIngress()
                .getFirst()
                .getFrom();
        assertThat(peers).hasSize(2);
        assertThat(peers.getFirst().getNamespaceSelector().getMatchLabels()).containsEntry("name", "monitoring");
        // Else helm test would fail for the policy.
        assertThat(test().getMetadata().getLabels())
                .containsAllEntriesOf(peers.getLast().getPodSelector().getMatchLabels());
        assertThat(one(objects, ServiceMonitor.class).getMetadata().getLabels()).containsEntry("release", "prom");
        assertThat(pod(objects).getPriorityClassName()).isEqualTo("high");
        assertThat(pod(objects).getNodeSelector()).containsEntry("disk", "ssd");
        assertThat(pod(objects).getImagePullSecrets()).hasSize(1);
        assertThat(environment(objects)).containsEntry("QUARKUS_LOG_LEVEL", "DEBUG");
        var template = one(objects, Deployment.class).getSpec().getTemplate().getMetadata();
        assertThat(template.getLabels()).containsEntry("team", "a");
        assertThat(template.getAnnotations()).containsEntry("note", "b");
    }

    @Test
    void byDefaultWhatIsExtraIsNotThere() {
        assertThat(render())
                .noneMatch(PodDisruptionBudget.class::isInstance)
                .noneMatch(NetworkPolicy.class::isInstance)
                .noneMatch(ServiceMonitor.class::isInstance);
    }

    @Test
    void aBudgetThatWouldBlockEveryDrainIsRefused() {
        assertThatThrownBy(() -> render("podDisruptionBudget.enabled=true"))
                .hasMessageContaining("replicas of 2 or more");
    }

    @ParameterizedTest
    @CsvSource({
        "replicas=-1",
        "replicas=many",
        "image.pullPolicy=Sometimes",
        "image.digest=latest",
        "watch.namespaces[0]=Team",
        "crds.keep=maybe",
        "unknown=1",
        "serviceMonitor.interval=often"
    })
    void wrongValuesAreRefusedBeforeAnythingIsInstalled(String value) {
        assertThatThrownBy(() -> render(value)).hasMessageContaining("don't meet the specifications of the schema");
    }

    @Test
    void servicePodsAndTestMeet() {
        List<HasMetadata> objects = render();
        var service = one(objects, Service.class);
        assertThat(one(objects, Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsAllEntriesOf(service.getSpec().getSelector());
        assertThat(test().getSpec().getContainers().getFirst().getCommand())
                .last()
                .asString()
                .contains("http://" + service.getMetadata().getName() + ":8080/");
        // The test's pod must not be taken for an operator's.
        assertThat(test().getMetadata().getLabels()).doesNotContainEntry("app.kubernetes.io/name", "collab-operator");
    }

    @Test
    void theNotesHaveAResourceThatAnApiServerTakes() throws IOException {
        String notes = Files.readString(CHART.resolve("templates/NOTES.txt"));
        Matcher resource = Pattern.compile("(?s)<<'END'\n(.*?)\n  END").matcher(notes);
        assertThat(resource.find()).isTrue();
        assertThat(faults(resource.group(1).indent(-2))).isEmpty();
    }

    @Test
    void artifactHubsExampleIsTakenToo() throws IOException {
        JsonNode chart = Serialization.unmarshal(Files.readString(CHART.resolve("Chart.yaml")), JsonNode.class);
        JsonNode annotations = chart.get("annotations");
        String example = annotations.get("artifacthub.io/crdsExamples").asText();
        JsonNode first = Serialization.unmarshal(example, JsonNode.class).get(0);
        assertThat(faults(Serialization.asYaml(first))).isEmpty();
        assertThat(annotations.get("artifacthub.io/images").asText())
                .contains(operator(render()).getImage());
    }

    private static List<String> faults(String yaml) {
        return Admission.admit(Serialization.unmarshal(yaml, ObjectNode.class), Optional.empty());
    }

    /** The README's table is made of values.yaml; {@code -Dcollab.docs.write} writes it anew. */
    @Test
    void theReadmeListsEveryValue() throws IOException {
        Path readme = CHART.resolve("README.md");
        String page = Files.readString(readme);
        String begin = "<!-- values: begin; generated by ChartTest -->\n";
        String end = "<!-- values: end -->\n";
        String right =
                page.substring(0, page.indexOf(begin) + begin.length()) + table() + page.substring(page.indexOf(end));
        if (System.getProperty("collab.docs.write") != null) {
            Files.writeString(readme, right);
            page = right;
        }
        assertThat(page)
                .as("README.md: ./mvnw -pl operator test -Dtest=ChartTest -Dcollab.docs.write writes it anew")
                .isEqualTo(right);
    }

    @Test
    void everyValueHasASchema() throws IOException {
        JsonNode schema = JSON.readTree(CHART.resolve("values.schema.json").toFile());
        JsonNode values = Serialization.unmarshal(Files.readString(CHART.resolve("values.yaml")), JsonNode.class);
        var described = new TreeSet<String>();
        schema.get("properties").fieldNames().forEachRemaining(described::add);
        described.remove("global");
        var given = new TreeSet<String>();
        values.fieldNames().forEachRemaining(given::add);
        assertThat(described).isEqualTo(given);
    }

    private static String table() throws IOException {
        StringBuilder table = new StringBuilder("\n| value | default | meaning |\n|---|---|---|\n");
        String section = "";
        String meaning = "";
        JsonNode values = Serialization.unmarshal(Files.readString(CHART.resolve("values.yaml")), JsonNode.class);
        for (String line : Files.readAllLines(CHART.resolve("values.yaml"))) {
            Matcher comment = Pattern.compile("\\s*# -- (.*)").matcher(line);
            Matcher key = Pattern.compile("( *)(\\w+):(.*)").matcher(line);
            if (comment.matches()) {
                meaning = comment.group(1);
            } else if (key.matches()) {
                boolean inner = !key.group(1).isEmpty();
                section = inner ? section : key.group(2);
                if (!meaning.isEmpty()) {
                    String name = inner ? section + "." + key.group(2) : section;
                    JsonNode value = values.at("/" + name.replace('.', '/'));
                    table.append("| `%s` | `%s` | %s |\n".formatted(name, value, meaning));
                    meaning = "";
                }
            }
        }
        return table.append('\n').toString();
    }

    private static List<PolicyRule> granted() {
        try {
            return Arrays.asList(
                    Serialization.unmarshal(Files.readString(CHART.resolve("files/rules.yaml")), PolicyRule[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pod test() {
        return one(Chart.objects(Chart.everything("{}")), Pod.class);
    }

    private static PodSpec pod(List<HasMetadata> objects) {
        return one(objects, Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static Container operator(List<HasMetadata> objects) {
        return pod(objects).getContainers().getFirst();
    }

    private static Map<String, String> environment(List<HasMetadata> objects) {
        var environment = new TreeMap<String, String>();
        new ArrayList<>(operator(objects).getEnv())
                .forEach(variable -> environment.put(variable.getName(), variable.getValue()));
        return environment;
    }
}
