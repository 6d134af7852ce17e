package io.collabcluster.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collabcluster.operator.fake.Admission;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.RefusedSpecs;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                              | spec.dataSource: give either host or urlSecret
            {host: db, urlSecret: {name: a, key: b}}                        | spec.dataSource: give either host or urlSecret
            {urlSecret: {name: a, key: b}, credentialsSecret: {name: c}}    | spec.dataSource: urlSecret holds role and password, too: leave credentialsSecret out
            """)
    void theDatabaseIsNamedInOneWay(String dataSource, String fault) {
        String yaml = Clusters.yaml().replaceAll("(?s)dataSource:.*", "dataSource: " + dataSource + "\n");
        assertThat(faults(yaml)).containsExactly(fault);
    }

    @ParameterizedTest
    @CsvSource({"Demo", "1demo", "a-name-that-is-longer-than-services-can-bear-it-to-be"})
    void aNameThatServicesCanNotHaveIsRefused(String name) {
        assertThat(faults(Clusters.yaml().replace("name: demo\n  namespace", "name: " + name + "\n  namespace")))
                .singleElement()
                .asString()
                .contains("the name has to start with a letter");
    }

    @Test
    void theVolumeOfTheManagedRedisCanNotBeChanged() {
        String before = Clusters.yaml("redis: {managed: {persistence: {enabled: true, size: 1Gi}}}");
        assertThat(faults(Clusters.yaml("redis: {managed: {persistence: {enabled: true, size: 2Gi}}}"), before))
                .singleElement()
                .asString()
                .contains("the volume can't be changed");
        assertThat(faults(before, before)).isEmpty();
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
