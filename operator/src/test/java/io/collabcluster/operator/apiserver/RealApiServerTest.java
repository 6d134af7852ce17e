package io.collabcluster.operator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collabcluster.operator.api.Annotations;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Contexts;
import io.collabcluster.operator.fake.FakeControllers;
import io.collabcluster.operator.fake.FakeNodes;
import io.collabcluster.operator.fake.RefusedChanges;
import io.collabcluster.operator.fake.RefusedSpecs;
import io.collabcluster.operator.status.StatusComposer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What only a real API server can tell. Pods are made by the fake controllers, as there is nothing else to make them; there
 * is no garbage collection either, so that each test deletes what it made.
 */
@NeedsApiServer
@QuarkusTest
@WithTestResource(RealApiServer.class)
class RealApiServerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String EVERYTHING = """
            replicas: 3
            exposure:
              type: Ingress
              provider: Nginx
              host: collab.example.com
              tlsSecret: web
            networkPolicy: {enabled: true, clients: [{podSelector: {}}]}
            autoscaling: {enabled: true, minReplicas: 3, cpuPercent: 70}
            monitoring: {dashboard: true}
            resources: {requests: {cpu: 1000m, memory: 1024Mi}, limits: {memory: 1Gi}}
            redis: {managed: {persistence: {enabled: true, size: 1024Mi}, resources: {limits: {cpu: 500m}}}}
            scheduling:
              tolerations: [{key: a, operator: Exists}]
              affinity:
                nodeAffinity:
                  preferredDuringSchedulingIgnoredDuringExecution:
                    - {weight: 1, preference: {matchExpressions: [{key: disk, operator: Exists}]}}
            pod:
              labels: {team: a}
              annotations: {note: b}
              template:
                spec:
                  containers:
                    - name: server
                      env:
                        - {name: MACHINE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
                    - name: sidecar
                      image: sidecar:1
                      ports: [{containerPort: 9000}]
                      resources: {limits: {memory: 1024Mi, cpu: 1000m}}
                      livenessProbe: {httpGet: {path: /, port: 9000}}
                      volumeMounts: [{name: scratch, mountPath: /scratch}]
                  volumes:
                    - {name: scratch, emptyDir: {sizeLimit: 1024Mi}}
            """;
    private static final String BY_GATEWAY = """
            exposure: {type: Gateway, host: c.example.com, gateway: {name: web, sessionPersistence: Experimental}}
            monitoring: {serviceMonitor: true, alerts: true, labels: {release: prometheus}}
            """;
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Deployment.class,
            StatefulSet.class,
            Service.class,
            ConfigMap.class,
            Secret.class,
            ServiceAccount.class,
            PodDisruptionBudget.class,
            NetworkPolicy.class,
            Ingress.class,
            HorizontalPodAutoscaler.class,
            HTTPRoute.class,
            ServiceMonitor.class,
            PrometheusRule.class);

    @Inject
    FakeNodes nodes;

    @Inject
    Operator operator;

    KubernetesClient client;
    FakeControllers controllers;

    @BeforeEach
    void secrets() {
        controllers.podsStart(true);
        client.resource(Contexts.secret("demo-db", Map.of("username", "collab", "password", "one")))
                .create();
        client.resource(Contexts.secret("web", Map.of("tls.crt", "c", "tls.key", "k")))
                .create();
    }

    @AfterEach
    void clear() {
        client.resources(CollabCluster.class).inNamespace("team").delete();
        await().atMost(DEADLINE).until(() -> client.resources(CollabCluster.class)
                .inNamespace("team")
                .list()
                .getItems()
                .isEmpty());
        KINDS.forEach(kind -> client.resources(kind).inNamespace("team").delete());
        client.pods().inNamespace("team").withGracePeriod(0).delete();
        await().atMost(DEADLINE).until(() -> names(Pod.class).isEmpty());
        nodes.reset();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = RefusedSpecs.TABLE)
    void whatBreaksARuleIsRefused(String spec, String fault) {
        String place = fault.substring(0, fault.indexOf(':'));
        String message = fault.substring(fault.indexOf(": ") + 2);
        boolean rule = !message.matches("(should|must|unsupported|unknown).*");
        assertThatThrownBy(() -> Clusters.resource(client, Clusters.raw(spec))
                        .fieldValidation(FieldValidateable.Validation.STRICT)
                        .create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(rule ? message : place.substring(place.lastIndexOf('.') + 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = RefusedChanges.OF_THE_VOLUME)
    void theVolumeOfTheManagedRedisCanNotBeAddedRemovedOrChanged(String before, String after) {
        createPaused(before);
        assertThatThrownBy(() -> Clusters.replace(client, after))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(RefusedChanges.VOLUME);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = RefusedChanges.OF_THE_CLASS)
    void theClassOfALoadBalancerCanNotBeChanged(String before, String after) {
        createPaused(before);
        assertThatThrownBy(() -> Clusters.replace(client, after))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(RefusedChanges.CLASS);
        Clusters.replace(client, "exposure: {type: None}");
        Clusters.replace(client, after);
    }

    /** The operator makes nothing of it: what is asked is what the API server says. */
    private void createPaused(String spec) {
        GenericKubernetesResource cluster = Clusters.raw(spec);
        cluster.getMetadata().setAnnotations(Map.of(Annotations.PAUSED, "true"));
        create(cluster);
    }

    @Test
    void defaultsAppear() {
        GenericKubernetesResource stored =
                Clusters.resource(client, Clusters.raw()).create();
        assertThat((Integer) stored.get("spec", "replicas")).isEqualTo(2);
        assertThat((Integer) stored.get("spec", "dataSource", "port")).isEqualTo(5432);
        assertThat((String) stored.get("spec", "version")).isEqualTo("0.1.0");
    }

    @Test
    void everythingIsMadeAndStaysAsItIsWhileNothingChanges() {
        create(Clusters.raw(EVERYTHING));
        ready();
        assertThat(names(Service.class)).containsExactly("demo", "demo-nodes", "demo-redis");
        assertThat(names(HorizontalPodAutoscaler.class)).containsExactly("demo");
        assertThat(names(Ingress.class)).containsExactly("demo");
        assertThat(names(NetworkPolicy.class)).containsExactly("demo", "demo-redis");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(applied())
                .containsExactly(
                        "ConfigMap",
                        "Deployment",
                        "HorizontalPodAutoscaler",
                        "Ingress",
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "Secret",
                        "Service",
                        "ServiceAccount",
                        "StatefulSet"));
        staysAsItIs();
    }

    /** Their definitions fill in what is left out. */
    @Test
    void whatAddOnsHaveDefaultsForStaysAsItIs() {
        create(Clusters.raw(BY_GATEWAY));
        ready();
        assertThat(names(HTTPRoute.class)).containsExactly("demo");
        assertThat(names(ServiceMonitor.class)).containsExactly("demo");
        assertThat(names(PrometheusRule.class)).containsExactly("demo");
        assertThat(applied()).contains("HTTPRoute", "ServiceMonitor", "PrometheusRule");
        staysAsItIs();

        Clusters.replace(client);
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(names(HTTPRoute.class)).isEmpty();
            assertThat(names(ServiceMonitor.class)).isEmpty();
            assertThat(names(PrometheusRule.class)).isEmpty();
        });
    }

    @Test
    void aLoadBalancerStaysAsItIs() {
        create(Clusters.raw("exposure: {type: LoadBalancer, sourceRanges: [192.0.2.0/24]}"));
        ready();
        assertThat(client.services()
                        .inNamespace("team")
                        .withName("demo")
                        .get()
                        .getSpec()
                        .getType())
                .isEqualTo("LoadBalancer");
        assertThat(applied()).contains("Service");
        staysAsItIs();
    }

    /** The kinds of all objects that are the cluster's own, each of which has to be written by server-side apply. */
    private Set<String> applied() {
        CollabCluster cluster = cluster();
        var kinds = new TreeSet<String>();
        KINDS.forEach(kind -> client.resources(kind).inNamespace("team").list().getItems().stream()
                .filter(object -> object.hasOwnerReferenceFor(cluster))
                .forEach(object -> {
                    kinds.add(kind.getSimpleName());
                    assertThat(object.getMetadata().getManagedFields())
                            .as(kind.getSimpleName() + " "
                                    + object.getMetadata().getName())
                            .anySatisfy(entry -> {
                                assertThat(entry.getManager()).isEqualTo("collabcluster");
                                assertThat(entry.getOperation()).isEqualTo("Apply");
                            });
                }));
        return kinds;
    }

    private void staysAsItIs() {
        rounds(2);
        Map<String, String> before = versions();
        rounds(3);
        assertThat(versions()).isEqualTo(before);
    }

    /** Each round is called for by an annotation that nothing is made of. */
    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            int asked = nodes.asked();
            Clusters.annotate(client, "round", String.valueOf(asked));
            int pods = cluster().getSpec().replicas();
            await().atMost(DEADLINE).until(() -> nodes.asked() >= asked + pods);
        }
    }

    @Test
    void whatIsSwitchedOffIsDeleted() {
        create(Clusters.raw(EVERYTHING));
        ready();
        Clusters.replace(client, "redis: {url: \"redis://r:6379\"}");
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(names(Ingress.class)).isEmpty();
            assertThat(names(NetworkPolicy.class)).isEmpty();
            assertThat(names(HorizontalPodAutoscaler.class)).isEmpty();
            assertThat(names(StatefulSet.class)).isEmpty();
            assertThat(names(Service.class)).containsExactly("demo", "demo-nodes");
            assertThat(names(ConfigMap.class)).contains("demo-config").doesNotContain("demo-dashboard");
        });
    }

    @Test
    void theScaleSubresourceReachesTheDeployment() {
        create(Clusters.raw());
        ready();
        client.resources(CollabCluster.class)
                .inNamespace("team")
                .withName("demo")
                .scale(4);
        await().atMost(DEADLINE).until(() -> deployment().getSpec().getReplicas() == 4);
        await().atMost(DEADLINE).until(() -> cluster().getStatus().replicas() == 4);
    }

    @Test
    void aShrinkTakesTheNodesWithTheFewestConnections() {
        create(Clusters.raw("replicas: 3"));
        ready();
        List<String> before = names(Pod.class);
        nodes.says(before.get(0), FakeNodes.running(9));
        nodes.says(before.get(1), FakeNodes.running(1));
        nodes.says(before.get(2), FakeNodes.running(5));
        client.resources(CollabCluster.class)
                .inNamespace("team")
                .withName("demo")
                .scale(2);
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(names(Pod.class)).containsExactly(before.get(0), before.get(2)));
        assertThat(client.pods()
                        .inNamespace("team")
                        .withName(before.get(0))
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsEntry(Annotations.POD_DELETION_COST, "9");
    }

    @Test
    void anothersObjectIsNotTakenOver() {
        Deployment foreign = deploymentOfAnother();
        client.resource(foreign).create();
        create(Clusters.raw());
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(cluster().observed()).isPresent();
            assertThat(StatusComposer.find(cluster().getStatus(), "ReconcileSuccess")
                            .orElseThrow()
                            .getMessage())
                    .contains("Deployment: one of this name is there already");
        });
        assertThat(deployment().getMetadata().getOwnerReferences()).isEmpty();
        assertThat(deployment().getSpec().getReplicas()).isZero();
    }

    private static Deployment deploymentOfAnother() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("demo")
                .withNamespace("team")
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withNewSelector()
                .addToMatchLabels("app", "another")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "another")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("a")
                .withImage("a:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    @Test
    void anOperatorThatWasDownCatchesUp() {
        create(Clusters.raw());
        ready();
        operator.stop();
        client.resources(CollabCluster.class)
                .inNamespace("team")
                .withName("demo")
                .scale(3);
        client.services().inNamespace("team").withName("demo").delete();
        operator.start();
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(deployment().getSpec().getReplicas()).isEqualTo(3);
            assertThat(names(Service.class)).contains("demo");
        });
    }

    private void create(HasMetadata object) {
        if (object instanceof GenericKubernetesResource cluster) {
            Clusters.resource(client, cluster).create();
        } else {
            client.resource(object).create();
        }
    }

    private void ready() {
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(cluster().observed()).isPresent();
            var ready = StatusComposer.find(cluster().getStatus(), "Ready").orElseThrow();
            assertThat(ready.getStatus()).as(ready.getMessage()).isEqualTo("True");
        });
    }

    private CollabCluster cluster() {
        return client.resources(CollabCluster.class)
                .inNamespace("team")
                .withName("demo")
                .get();
    }

    private Deployment deployment() {
        return client.apps().deployments().inNamespace("team").withName("demo").get();
    }

    private List<String> names(Class<? extends HasMetadata> kind) {
        return client.resources(kind).inNamespace("team").list().getItems().stream()
                .map(object -> object.getMetadata().getName())
                .filter(name -> name.startsWith("demo"))
                .sorted()
                .toList();
    }

    private Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        KINDS.forEach(kind -> client.resources(kind)
                .inNamespace("team")
                .list()
                .getItems()
                .forEach(object -> versions.put(
                        kind.getSimpleName() + "/" + object.getMetadata().getName(),
                        object.getMetadata().getResourceVersion())));
        return versions;
    }
}
