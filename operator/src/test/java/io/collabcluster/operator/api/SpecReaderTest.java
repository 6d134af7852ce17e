package io.collabcluster.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.operator.fake.Clusters;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What gets past the schema, of this version or another, and isn't what it should be. */
class SpecReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scheduling: {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {topologyKey: a}}}} | spec.scheduling.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution: it can't be read;
            scheduling: {affinity: {nodeAffinity: [a]}} | spec.scheduling.affinity.nodeAffinity: it can't be read;
            resources: {limits: {memory: ""}}           | spec.resources.limits.memory: it can't be read;
            exposure: {type: Route}                     | spec.exposure.type: it can't be read;
            socketio: {corsOrigins: [null]}             | spec.socketio: it can't be read;
            """)
    void aBlockThatCanNotBeReadIsAsIfLeftOutAndNamed(String spec, String fault) {
        CollabCluster cluster = read(spec, "replicas: 7");
        assertThat(cluster.getSpec().unreadable()).singleElement().asString().startsWith(fault);
        assertThat(cluster.getSpec().replicas()).isEqualTo(7);
        assertThat(cluster.getSpec().exposure()).isEqualTo(ExposureSpec.defaults());
    }

    @Test
    void everyBlockThatCanNotBeReadIsNamed() {
        assertThat(read("exposure: text", "drain: [a]", "replicas: many")
                        .getSpec()
                        .unreadable())
                .hasSize(3);
        CollabCluster cluster = Serialization.unmarshal("metadata: {name: a}\nspec: text\n", CollabCluster.class);
        assertThat(cluster.getSpec().unreadable()).containsExactly("spec: it has to be an object");
    }

    /** The SDK hands out copies. */
    @Test
    void aCopyStillSaysWhatCouldNotBeRead() {
        CollabCluster cluster = read("exposure: text");
        assertThat(Serialization.clone(cluster).getSpec()).isEqualTo(cluster.getSpec());
    }

    /** A newer definition stays when an older operator comes back. */
    @Test
    void whatANewerVersionMayKnowIsPassedOver() {
        CollabCluster cluster = read("later: 1", "drain: {windowSeconds: 20, later: 1}");
        assertThat(cluster.getSpec().unreadable()).isEmpty();
        assertThat(cluster.getSpec().drain().windowSeconds()).isEqualTo(20);
        cluster =
                Serialization.unmarshal(Clusters.yaml() + "status: {later: 1, connections: 3}\n", CollabCluster.class);
        assertThat(cluster.observed().orElseThrow().connections()).isEqualTo(3);
    }

    private static CollabCluster read(String... spec) {
        return Serialization.unmarshal(Clusters.yaml(spec), CollabCluster.class);
    }
}
