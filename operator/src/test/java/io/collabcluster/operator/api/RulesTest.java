package io.collabcluster.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collabcluster.operator.fake.Admission;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Crd;
import io.collabcluster.operator.fake.RefusedChanges;
import io.collabcluster.operator.fake.RefusedSpecs;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an API server refuses, and with which words. */
class RulesTest {

    @Test
    void tenLinesAreEnough() {
        assertThat(faults(Clusters.yaml())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = RefusedSpecs.TABLE)
    void whatBreaksARuleIsRefusedWithItsMessage(String spec, String fault) {
        assertThat(faults(Clusters.yaml(spec))).containsExactly(fault);
    }

    @ParameterizedTest
    @CsvSource(textBlock = RefusedSpecs.NAMES)
    void aNameThatServicesCanNotHaveIsRefused(String name) {
        assertThat(faults(Clusters.yaml().replace("name: demo\n  namespace", "name: " + name + "\n  namespace")))
                .containsExactly(": " + RefusedSpecs.NAME);
    }

    /** The tables are what a real API server is asked, too. */
    @Test
    void everyRuleIsSeenToRefuse() {
        String refused = RefusedSpecs.TABLE + RefusedSpecs.NAME + RefusedChanges.VOLUME + RefusedChanges.CLASS;
        List<String> rules = rules(Crd.schema()).toList();
        assertThat(rules).hasSizeGreaterThan(20).allSatisfy(message -> assertThat(refused)
                .contains(message));
    }

    private static Stream<String> rules(JSONSchemaProps schema) {
        Stream<String> own = Stream.ofNullable(schema.getXKubernetesValidations())
                .flatMap(List::stream)
                .map(ValidationRule::getMessage);
        Stream<String> below = Stream.ofNullable(schema.getProperties())
                .flatMap(properties -> properties.values().stream())
                .flatMap(RulesTest::rules);
        return Stream.concat(own, below);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            resources: {limits: {memory: ""}}                       | spec.resources.limits.memory
            resources: {requests: {cpu: half}}                      | spec.resources.requests.cpu
            redis: {managed: {resources: {limits: {memory: 1 GB}}}} | spec.redis.managed.resources.limits.memory
            """)
    void whatIsNoQuantityIsRefused(String spec, String place) {
        assertThat(faults(Clusters.yaml(spec))).singleElement().asString().startsWith(place + ": should match ");
    }

    /** The pattern of a path has what this table's format divides by. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "//a", "/a//b", "/a/../b", "/./a", "/..", "a", "/a b", "/a?b"})
    void whatIsNoPathIsRefused(String path) {
        assertThat(faults(Clusters.yaml("socketio: {path: \"" + path + "\"}")))
                .containsExactly("spec.socketio.path: should match ^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?$");
        List<String> ofTheWayIn = faults(Clusters.yaml("exposure: {type: Ingress, paths: [\"" + path + "\"]}"));
        if (path.equals("/")) {
            assertThat(ofTheWayIn).isEmpty();
        } else {
            assertThat(ofTheWayIn)
                    .containsExactly("spec.exposure.paths[0]: should match ^(/|(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?)$");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/socket.io", "/socket.io/", "/live/socket.io", "/statuses", "/a.b/~c/_d/-e", "/x/api"})
    void aPathIsAnyThatNobodyElseHas(String path) {
        assertThat(faults(Clusters.yaml("socketio: {path: " + path + "}"))).isEmpty();
        assertThat(faults(Clusters.yaml("exposure: {type: Ingress, paths: [" + path + "]}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1", "500m", "'0.5'", "'.5'", "'5.'", "1Gi", "1e3", "2E"})
    void aQuantityIsWrittenInManyWays(String quantity) {
        String spec = "resources: {requests: {cpu: \"" + quantity + "\"}}";
        assertThat(faults(Clusters.yaml(spec))).isEmpty();
        assertThat(Clusters.of(spec).getSpec().unreadable()).isEmpty();
    }

    /** Volume claims of a StatefulSet are as they were made: another one would be refused for ever, and with it the rest. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = RefusedChanges.OF_THE_VOLUME)
    void theVolumeOfTheManagedRedisCanNotBeAddedRemovedOrChanged(String before, String after) {
        assertThat(faults(Clusters.yaml(after), Clusters.yaml(before)))
                .containsExactly("spec: " + RefusedChanges.VOLUME);
    }

    /** Where there was no managed Redis, or there will be none, its StatefulSet is made or deleted as a whole. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis: {managed: {persistence: {enabled: true, size: 1Gi}}} | redis: {managed: {persistence: {enabled: true, size: 1Gi}}, key: other}
            redis: {managed: {persistence: {enabled: true}}} | redis: {url: "redis://r:6379"}
            redis: {urlSecret: {name: a, key: b}} | redis: {managed: {persistence: {enabled: true}}}
            redis: {url: "redis://r:6379"} | replicas: 3
            replicas: 3 | redis: {managed: {persistence: {size: 2Gi}}}
            redis: {managed: {persistence: {enabled: false, size: 1Gi}}} | redis: {managed: {persistence: {enabled: false, size: 2Gi}}}
            """)
    void otherChangesOfRedisAreTaken(String before, String after) {
        assertThat(faults(Clusters.yaml(after), Clusters.yaml(before))).isEmpty();
    }

    /** The API server would refuse the Service, for ever, and with it the rest. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = RefusedChanges.OF_THE_CLASS)
    void theClassOfALoadBalancerCanNotBeChanged(String before, String after) {
        assertThat(faults(Clusters.yaml(after), Clusters.yaml(before)))
                .containsExactly("spec.exposure: " + RefusedChanges.CLASS);
        assertThat(faults(Clusters.yaml(after), Clusters.yaml("exposure: {type: None, className: c}")))
                .isEmpty();
        assertThat(faults(Clusters.yaml(after), Clusters.yaml(after))).isEmpty();
    }

    private static List<String> faults(String yaml) {
        return Admission.admit(Serialization.unmarshal(yaml, ObjectNode.class), Optional.empty());
    }

    private static List<String> faults(String yaml, String before) {
        ObjectNode old = Serialization.unmarshal(before, ObjectNode.class);
        Admission.admit(old, Optional.empty());
        return Admission.admit(Serialization.unmarshal(yaml, ObjectNode.class), Optional.of(old));
    }
}
