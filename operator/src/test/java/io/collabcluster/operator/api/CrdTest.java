package io.collabcluster.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.collabcluster.operator.fake.Crd;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class CrdTest {

    private final CustomResourceDefinitionVersion version =
            Crd.DEFINITION.getSpec().getVersions().getFirst();

    @Test
    void theResourceIsFoundByItsNames() {
        assertThat(Crd.DEFINITION.getMetadata().getName()).isEqualTo("collabclusters.collabcluster.io");
        assertThat(Crd.DEFINITION.getSpec().getScope()).isEqualTo("Namespaced");
        assertThat(Crd.DEFINITION.getSpec().getNames().getShortNames()).containsExactly("collab");
        assertThat(Crd.DEFINITION.getSpec().getNames().getCategories()).containsExactly("all");
        assertThat(version.getName()).isEqualTo("v1alpha1");
    }

    @Test
    void autoscalersCanScaleIt() {
        assertThat(version.getSubresources().getScale().getSpecReplicasPath()).isEqualTo(".spec.replicas");
        assertThat(version.getSubresources().getScale().getStatusReplicasPath()).isEqualTo(".status.replicas");
        assertThat(version.getSubresources().getScale().getLabelSelectorPath()).isEqualTo(".status.selector");
        assertThat(version.getSubresources().getStatus()).isNotNull();
    }

    @Test
    void aListShowsNodesConnectionsAndWhatIsWrong() {
        assertThat(version.getAdditionalPrinterColumns())
                .extracting(CustomResourceColumnDefinition::getName, CustomResourceColumnDefinition::getJsonPath)
                .containsExactly(
                        tuple("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
                        tuple("Nodes", ".status.replicas"),
                        tuple("Serving", ".status.readyReplicas"),
                        tuple("Connections", ".status.connections"),
                        tuple("Age", ".metadata.creationTimestamp"),
                        tuple("Message", ".status.message"));
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    @Test
    void conditionsAreOneForEachType() {
        assertThat(Crd.at("status.conditions").getXKubernetesListType()).isEqualTo("map");
        assertThat(Crd.at("status.conditions").getXKubernetesListMapKeys()).containsExactly("type");
        assertThat(Crd.at("status").getProperties()).containsKeys("nodes", "connections", "observedGeneration");
    }

    @Test
    void everyFieldIsExplained() {
        List<String> silent = new ArrayList<>();
        walk("spec", Crd.at("spec"), (path, schema) -> {
            if (ours(path)
                    && (schema.getDescription() == null
                            || schema.getDescription().isBlank())) {
                silent.add(path);
            }
        });
        assertThat(silent).isEmpty();
    }

    /** Else the API server rejects the rules above them for what they could cost. */
    @Test
    void everyTextAndListOfOursIsBounded() {
        List<String> open = new ArrayList<>();
        walk("spec", Crd.at("spec"), (path, schema) -> {
            boolean text = "string".equals(schema.getType())
                    && schema.getEnum() == null
                    && schema.getMaxLength() == null
                    && schema.getPattern() == null;
            boolean list = "array".equals(schema.getType()) && schema.getMaxItems() == null;
            if (ours(path) && (text || list)) {
                open.add(path);
            }
        });
        assertThat(open).isEmpty();
    }

    @Test
    void theSchemaIsSmall() {
        assertThat(Crd.YAML.length()).isLessThan(80_000);
    }

    @Test
    void aBlockThatIsLeftOutIsAsOneWithTheSchemasDefaults() throws Exception {
        JsonNode leftOut = JSON.readTree(Serialization.asJson(
                Serialization.unmarshal("{\"dataSource\": {\"host\": \"db\"}}", CollabClusterSpec.class)));
        walk("spec", Crd.at("spec"), (path, schema) -> {
            JsonNode value = leftOut.at(path.substring("spec".length()).replace('.', '/'));
            if (schema.getDefault() != null && !value.isMissingNode()) {
                assertThat(value).as(path).isEqualTo(schema.getDefault());
            }
        });
        assertThat(leftOut.at("/drain/gracePeriodSeconds").asInt()).isEqualTo(60);
        assertThat(leftOut.at("/redis/managed/image").asText()).startsWith("docker.io/library/redis:");
    }

    @Test
    void whatIsReadIsWrittenTheSameAgain() {
        CollabClusterSpec spec = Serialization.unmarshal("""
                replicas: 3
                dataSource: {urlSecret: {name: db, key: url}}
                exposure: {type: Ingress, provider: HAProxyTech, sticky: {mode: HashKey, key: doc}}
                scheduling: {affinity: {nodeAffinity: {}}, tolerations: [{key: a, operator: Exists}]}
                pod: {template: {spec: {hostAliases: [{ip: 192.0.2.1, hostnames: [a]}]}}}
                config: {limits: {pageSize: 10}}
                """, CollabClusterSpec.class);
        assertThat(Serialization.unmarshal(Serialization.asYaml(spec), CollabClusterSpec.class))
                .isEqualTo(spec);
        assertThat(spec.exposure().provider()).isEqualTo(IngressProvider.HAPROXY_TECH);
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Kubernetes' own types, which are embedded, have their own ways. */
    private static boolean ours(String path) {
        return !path.matches(".*\\.(resources|tolerations|affinity|clients|monitoring)\\..*")
                && !path.startsWith("spec.networkPolicy.");
    }

    private static void walk(String path, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visitor) {
        Map<String, JSONSchemaProps> properties = schema.getProperties();
        if (properties != null) {
            properties.forEach((name, inner) -> {
                visitor.accept(path + "." + name, inner);
                walk(path + "." + name, inner, visitor);
            });
        }
    }
}
