package io.collabcluster.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.operator.fake.Clusters;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateOverrideTest {

    @Test
    void namedThingsAreMergedByTheirNames() {
        PodSpec pod = template("""
                spec:
                  containers:
                    - name: server
                      env: [{name: JAVA_TOOL_OPTIONS, value: -Xmx1g}]
                      volumeMounts: [{name: extra, mountPath: /extra}]
                    - name: sidecar
                      image: sidecar:1
                  volumes:
                    - name: extra
                      configMap: {name: extra}
                """).getSpec();
        assertThat(pod.getContainers()).extracting("name").containsExactly("server", "sidecar");
        assertThat(pod.getContainers().getFirst().getImage()).startsWith("docker.io/collabcluster/");
        assertThat(pod.getContainers().getFirst().getEnv())
                .extracting("name")
                .contains("JAVA_TOOL_OPTIONS", "COLLAB_CLUSTER_SECRET");
        assertThat(pod.getContainers().getFirst().getVolumeMounts())
                .extracting("mountPath")
                .contains("/extra", "/etc/collab");
        assertThat(pod.getVolumes()).extracting("name").contains("extra", "config");
    }

    @Test
    void metadataIsMerged() {
        assertThat(template("metadata: {annotations: {mesh: \"on\"}}")
                        .getMetadata()
                        .getAnnotations())
                .containsEntry("mesh", "on")
                .containsKey("collabcluster.io/inputs-hash");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {spec: {hostNetwork: true}}                                        | spec.hostNetwork: it can't be overridden
            {spec: {hostPID: true}}                                            | spec.hostPID: it can't be overridden
            {spec: {terminationGracePeriodSeconds: 5}}                         | use spec.drain.gracePeriodSeconds
            {spec: {serviceAccountName: admin}}                                | spec.serviceAccountName: it can't be overridden
            {spec: {volumes: [{name: a, hostPath: {path: /}}]}}                | spec.volumes.a: a hostPath opens the machine
            {spec: {containers: [{name: server, image: other}]}}               | spec.containers.server.image: it is made of the specification
            {spec: {containers: [{name: server, env: [{name: COLLAB_PORT, value: x}]}]}} | env.COLLAB_PORT: it is a key of the server's configuration
            {spec: {containers: [{name: b, securityContext: {privileged: true}}]}} | spec.containers.b: it asks for privileges
            {spec: {initContainers: [{name: b, securityContext: {privileged: true}}]}} | spec.initContainers.b: it asks for privileges
            {metadata: {labels: {app.kubernetes.io/name: x}}}                  | selectors rest on it
            {replicas: 3}                                                      | a pod template has metadata and spec
            {spec: {containers: text}}                                         | spec.pod.template: it is no pod template
            """)
    void whatTheOperatorAnswersForIsRefused(String template, String fault) {
        assertThat(faults(template)).singleElement().asString().contains(fault);
    }

    @Test
    void whatIsRefusedChangesNothing() {
        assertThat(template("{spec: {hostNetwork: true}}")).isEqualTo(NodePod.of(Clusters.of(), "abc"));
    }

    private static List<String> faults(String template) {
        var cluster = Clusters.of("pod:\n  template: " + template);
        return new TemplateOverride(cluster.getSpec().pod().template())
                .faults().stream().map(SpecFault::toString).toList();
    }

    private static PodTemplateSpec template(String template) {
        return NodePod.of(Clusters.of("pod:\n  template:\n" + template.indent(4)), "abc");
    }
}
