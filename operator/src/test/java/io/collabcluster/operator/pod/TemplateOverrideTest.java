package io.collabcluster.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.fake.Clusters;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Set;
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

    /** Else the Deployment would be written in each round. */
    @Test
    void whatIsComparedAsAWholeIsWrittenAsAnApiServerStoresIt() {
        PodSpec pod = template("""
                spec:
                  containers:
                    - name: server
                      env: [{name: MACHINE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
                  volumes:
                    - {name: scratch, emptyDir: {sizeLimit: 1024Mi}}
                    - {name: odd, emptyDir: {sizeLimit: 1.5Gi}}
                    - {name: any, emptyDir: {}}
                    - name: labels
                      downwardAPI: {items: [{path: l, fieldRef: {fieldPath: metadata.labels}}]}
                """).getSpec();
        assertThat(pod.getContainers().getFirst().getEnv())
                .filteredOn(variable -> variable.getName().equals("MACHINE"))
                .singleElement()
                .satisfies(variable -> assertThat(
                                variable.getValueFrom().getFieldRef().getApiVersion())
                        .isEqualTo("v1"));
        assertThat(pod.getVolumes())
                .filteredOn(volume -> Set.of("scratch", "odd").contains(volume.getName()))
                .extracting(volume -> volume.getEmptyDir().getSizeLimit().toString())
                .containsExactly("1Gi", "1536Mi");
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getName().equals("labels"))
                .singleElement()
                .satisfies(volume -> assertThat(volume.getDownwardAPI()
                                .getItems()
                                .getFirst()
                                .getFieldRef()
                                .getApiVersion())
                        .isEqualTo("v1"));
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
            {spec: {volumes: [{name: a, hostPath: {path: /}}]}}                | spec.volumes.a: hostPath opens the machine
            {spec: {containers: [{name: server, image: other}]}}               | spec.containers.server.image: it is made of the specification
            {spec: {containers: [{name: server, env: [{name: COLLAB_PORT, value: x}]}]}} | env.COLLAB_PORT: it is a key of the server's configuration
            {spec: {containers: [{name: b, securityContext: {privileged: true}}]}} | spec.containers.b: it asks for privileges
            {spec: {initContainers: [{name: b, securityContext: {privileged: true}}]}} | spec.initContainers.b: it asks for privileges
            {spec: {containers: [{name: b, securityContext: {runAsUser: 0}}]}} | spec.containers.b: it asks for privileges
            {spec: {containers: [{name: b, securityContext: {runAsNonRoot: false}}]}} | spec.containers.b: it asks for privileges
            {spec: {containers: [{name: b, securityContext: {procMount: Unmasked}}]}} | spec.containers.b: it asks for privileges
            {spec: {containers: [{name: b, securityContext: {seccompProfile: {type: Unconfined}}}]}} | spec.containers.b: it asks for privileges
            {spec: {initContainers: [{name: b, securityContext: {capabilities: {add: [NET_ADMIN]}}}]}} | spec.initContainers.b: it asks for privileges
            {spec: {containers: [{name: b, ports: [{containerPort: 80, hostPort: 80}]}]}} | spec.containers.b: a hostPort is the machine's
            {spec: {shareProcessNamespace: true}}                              | spec.shareProcessNamespace: it can't be overridden
            {spec: {volumes: [{name: a, projected: {sources: [{serviceAccountToken: {path: t}}]}}]}} | spec.volumes.a: the pod gets no token
            {spec: {volumes: [{name: a, nfs: {server: s, path: /}}]}}          | spec.volumes.a: nfs opens the machine
            {spec: {volumes: [{name: config, emptyDir: {}}]}}                  | spec.volumes.config: the operator has a volume of this name
            {spec: {containers: [{name: server, envFrom: [{configMapRef: {name: a}}]}]}} | spec.containers.server.envFrom: it could hold keys
            {spec: {containers: [{name: server, envFrom: [{prefix: COLLAB_, configMapRef: {name: a}}]}]}} | spec.containers.server.envFrom: it could hold keys
            {spec: {containers: [{name: server, volumeMounts: [{name: a, mountPath: /etc/collab}]}]}}| spec.containers.server.volumeMounts./etc/collab: the operator mounts a volume at /etc/collab
            {spec: {containers: [{name: server, volumeMounts: [{name: a, mountPath: /etc/collab/config.json}]}]}}| spec.containers.server.volumeMounts./etc/collab/config.json: the operator mounts a volume at /etc/collab
            {spec: {containers: [{name: server, volumeMounts: [{name: a, mountPath: /etc/x/..//collab/}]}]}}| spec.containers.server.volumeMounts./etc/x/..//collab/: the operator mounts a volume at /etc/collab
            {spec: {containers: [{name: server, volumeMounts: [{name: a, mountPath: etc/collab}]}]}}| spec.containers.server.volumeMounts.etc/collab: the operator mounts a volume at /etc/collab
            {spec: {containers: [{name: b, livenessProbe: {httpGet: {host: h, port: 80}}}]}}| spec.containers.b.livenessProbe.httpGet.host: the machine would ask another host
            {spec: {containers: [{name: b, readinessProbe: {tcpSocket: {host: h, port: 80}}}]}}| spec.containers.b.readinessProbe.tcpSocket.host: the machine would ask another host
            {spec: {initContainers: [{name: b, startupProbe: {httpGet: {host: h, port: 80}}}]}}| spec.initContainers.b.startupProbe.httpGet.host: the machine would ask another host
            {spec: {containers: [{name: b, lifecycle: {postStart: {httpGet: {host: h, port: 80}}}}]}}| spec.containers.b.lifecycle.postStart.httpGet.host: the machine would ask another host
            {spec: {containers: [{name: b, lifecycle: {preStop: {tcpSocket: {host: h, port: 80}}}}]}}| spec.containers.b.lifecycle.preStop.tcpSocket.host: the machine would ask another host
            {metadata: {labels: {app.kubernetes.io/name: x}}}                  | selectors rest on it
            {replicas: 3}                                                      | a pod template has metadata and spec
            {spec: {containers: text}}                                         | spec.pod.template: it is no pod template
            """)
    void whatTheOperatorAnswersForIsRefused(String template, String fault) {
        assertThat(faults(template)).singleElement().asString().contains(fault);
    }

    @Test
    void whatTakesNothingAwayIsTaken() {
        assertThat(faults("""
                {spec: {containers: [
                  {name: server, envFrom: [{prefix: MESH_, configMapRef: {name: mesh}}],
                    volumeMounts: [{name: a, mountPath: /etc/collab-own}, {name: a, mountPath: /etc/ssl/own}]},
                  {name: b, ports: [{containerPort: 80}], livenessProbe: {httpGet: {port: 80}},
                    lifecycle: {preStop: {exec: {command: [a]}}}, volumeMounts: [{name: a, mountPath: /tmp}],
                    securityContext: {
                    privileged: false, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true,
                    runAsNonRoot: true, runAsUser: 1000, runAsGroup: 0, seccompProfile: {type: RuntimeDefault},
                    capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}}],
                  volumes: [{name: a, secret: {secretName: s}}, {name: b, projected: {sources: [{secret: {name: s}}]}}]}}
                """.replace("\n", " "))).isEmpty();
    }

    /** A name that isn't on the guard's list would be merged into the operator's volume, and a path could hide it. */
    @Test
    void noVolumeOfTheOperatorsCanBeOverriddenOrHidden() {
        var full = Clusters.of("""
                redis: {url: "rediss://r:6379", tlsSecret: t}
                authorization: {trustedCaSecret: {name: ca, key: ca.pem}}
                """);
        ObjectNode spec = Serialization.unmarshal(Serialization.asJson(full), ObjectNode.class);
        ((ObjectNode) spec.at("/spec/dataSource")).put("tlsSecret", "d");
        var cluster = Serialization.unmarshal(spec.toString(), CollabCluster.class);
        PodSpec pod = NodePod.of(cluster, "abc").getSpec();
        assertThat(pod.getContainers().getFirst().getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .hasSize(5)
                .allSatisfy(path -> assertThat(
                                faults("{spec: {containers: [{name: server, volumeMounts: [{name: a, mountPath: " + path
                                        + "/below}]}]}}"))
                        .hasSize(1));
        assertThat(pod.getVolumes()).extracting(Volume::getName).hasSize(5).allSatisfy(name -> assertThat(
                        faults("{spec: {volumes: [{name: " + name + ", emptyDir: {}}]}}"))
                .hasSize(1));
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
