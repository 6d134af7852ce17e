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
import io.collabcluster.operator.fake.Inventory;
import io.collabcluster.operator.fake.OthersObjects;
import io.collabcluster.operator.fake.RefusedChanges;
import io.collabcluster.operator.fake.RefusedSpecs;
import io.collabcluster.operator.status.StatusComposer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What only a real API server can tell. Where there is no more than it, pods are made by the fake controllers, and each test
 * deletes what it made, as nothing collects garbage. A cluster has its own controllers and machines; the nodes don't get
 * ready in it, as there is neither their image nor their database.
 */
@NeedsApiServer
@QuarkusTest
@WithTestResource(RealApiServer.class)
class RealApiServerTest {

    private static final Duration DEADLINE = Duration.ofMinutes(3);
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
    private static final String UNPULLED = "ErrImagePull|ImagePullBackOff";
    private static final String BY_GATEWAY = """
            exposure: {type: Gateway, host: c.example.com, gateway: {name: web, sessionPersistence: %s}}
            monitoring: {serviceMonitor: true, alerts: true, labels: {release: prometheus}}
            """;

    @Inject
    FakeNodes nodes;

    @Inject
    Operator operator;

    @Inject
    MeterRegistry meters;

    KubernetesClient client;

    /** Only where there are no others. */
    FakeControllers controllers;

    @BeforeEach
    void secrets() {
        create(Contexts.secret("demo-db", Map.of("username", "collab", "password", "one")));
        create(Contexts.secret("web", Map.of("tls.crt", "c", "tls.key", "k")));
    }

    @AfterEach
    void clear() {
        if (cluster() != null) {
            // So that no round of the operator is under way that makes an object once more, which nothing would take
            // away.
            Clusters.annotate(client, Annotations.PAUSED, "true");
            eventually("Paused", paused -> assertThat(paused.getStatus()).isEqualTo("True"));
            Clusters.resource(client).delete();
        }
        await().atMost(DEADLINE).until(() -> cluster() == null);
        new Inventory(client).delete();
        if (controllers != null) {
            controllers.deletePods(client.getNamespace());
        }
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(new Inventory(client).objects()).isEmpty();
            assertThat(names(Pod.class)).isEmpty();
        });
        nodes.reset();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = RefusedSpecs.TABLE)
    void whatBreaksARuleIsRefused(String spec, String fault) {
        String place = fault.substring(0, fault.indexOf(':'));
        String message = fault.substring(fault.indexOf(": ") + 2);
        // What is wrong with types and bounds it says in words of its own.
        boolean rule = !message.matches("(should|must|unsupported|unknown).*");
        assertThatThrownBy(() -> Clusters.resource(client, Clusters.raw(spec))
                        .fieldValidation(FieldValidateable.Validation.STRICT)
                        .create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(rule ? message : "");
    }

    @ParameterizedTest
    @CsvSource(textBlock = RefusedSpecs.NAMES)
    void aNameThatServicesCanNotHaveIsRefused(String name) {
        GenericKubernetesResource cluster = Clusters.raw();
        cluster.getMetadata().setName(name);
        assertThatThrownBy(() -> Clusters.resource(client, cluster).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(RefusedSpecs.NAME);
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
        CustomResourceDefinition routes = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(AddOns.DEFINITIONS.getFirst().getMetadata().getName())
                .get();
        create(Clusters.raw(BY_GATEWAY.formatted(AddOns.sessionsPersist(routes) ? "Experimental" : "None")));
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
        // Nobody's class: else a cluster of somebody who sells machines would rent one.
        create(Clusters.raw(
                "exposure: {type: LoadBalancer, className: example.com/nobody, sourceRanges: [192.0.2.0/24]}"));
        ready();
        assertThat(client.services()
                        .inNamespace(client.getNamespace())
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
        new Inventory(client)
                .objects()
                .filter(object -> object.hasOwnerReferenceFor(cluster))
                .forEach(object -> {
                    kinds.add(object.getKind());
                    assertThat(object.getMetadata().getManagedFields())
                            .as(object.getKind() + " " + object.getMetadata().getName())
                            .anyMatch(RealApiServerTest::applies);
                });
        return kinds;
    }

    private static boolean applies(ManagedFieldsEntry entry) {
        return entry.getManager().equals("collabcluster")
                && entry.getOperation().equals("Apply");
    }

    /** What is still on its way settles first; what is written in every round never does. */
    private void staysAsItIs() {
        await().atMost(DEADLINE).untilAsserted(() -> unchangedAfter(2));
        unchangedAfter(3);
    }

    private void unchangedAfter(int rounds) {
        Map<String, String> before = versions();
        rounds(rounds);
        assertThat(versions()).isEqualTo(before);
    }

    /** Each round is called for by an annotation that nothing is made of, on a Secret that the cluster names. */
    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            double done = rounds();
            client.secrets()
                    .inNamespace(client.getNamespace())
                    .withName("demo-db")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\": {\"annotations\": {\"round\": \"" + done + "\"}}}");
            await().atMost(DEADLINE).until(() -> rounds() > done);
        }
    }

    /** How many the operator has finished. */
    private double rounds() {
        return meters.find(MicrometerMetricsV2.RECONCILIATIONS_SUCCESS).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** A cluster's controllers write, too, what an object's state is: there, the operator's own writes are told apart. */
    private Map<String, String> versions() {
        Map<String, String> versions = new Inventory(client)
                .versions(
                        controllers != null
                                ? object -> object.getMetadata().getResourceVersion()
                                : RealApiServerTest::lastApplied);
        versions.remove("Secret/demo-db");
        return versions;
    }

    private static String lastApplied(HasMetadata object) {
        return object instanceof CollabCluster cluster
                ? reported(cluster)
                : object.getMetadata().getGeneration() + " "
                        + object.getMetadata().getManagedFields().stream()
                                .filter(RealApiServerTest::applies)
                                .map(ManagedFieldsEntry::getTime)
                                .toList();
    }

    /** Without what is told of pods, which a cluster's machines go on trying to start. */
    private static String reported(CollabCluster cluster) {
        return cluster.getMetadata().getGeneration() + " "
                + cluster.getStatus().observedGeneration() + " "
                + Stream.of("ReconcileSuccess", "Paused")
                        .map(type ->
                                StatusComposer.find(cluster.getStatus(), type).orElseThrow())
                        .toList();
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
        scale(4);
        await().atMost(DEADLINE).until(() -> deployment().getSpec().getReplicas() == 4);
        await().atMost(DEADLINE).until(() -> cluster().getStatus().replicas() == 4);
    }

    @Test
    @RunsOn(value = ApiServer.Binaries.class, why = "the nodes would have to run, with connections")
    void aShrinkTakesTheNodesWithTheFewestConnections() {
        create(Clusters.raw("replicas: 3"));
        ready();
        List<String> before = names(Pod.class);
        nodes.says(before.get(0), FakeNodes.running(9));
        nodes.says(before.get(1), FakeNodes.running(1));
        nodes.says(before.get(2), FakeNodes.running(5));
        scale(2);
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(names(Pod.class)).containsExactly(before.get(0), before.get(2)));
        assertThat(client.pods()
                        .inNamespace(client.getNamespace())
                        .withName(before.get(0))
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsEntry(Annotations.POD_DELETION_COST, "9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = OthersObjects.TABLE)
    void anothersObjectIsNotTakenOver(String kind, String yaml) {
        HasMetadata others = OthersObjects.create(client, yaml);
        create(Clusters.raw());
        eventually("ReconcileSuccess", success -> assertThat(success.getMessage())
                .contains(kind + ": one of this name is there already"));
        assertThat(OthersObjects.written(client.resource(others).get())).isEqualTo(OthersObjects.written(others));

        client.resource(others).delete();
        ready();
    }

    @Test
    void anOperatorThatWasDownCatchesUp() {
        create(Clusters.raw());
        ready();
        operator.stop();
        try {
            scale(3);
            client.services()
                    .inNamespace(client.getNamespace())
                    .withName("demo")
                    .delete();
        } finally {
            operator.start();
        }
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(deployment().getSpec().getReplicas()).isEqualTo(3);
            assertThat(names(Service.class)).contains("demo");
        });
    }

    @Test
    @RunsOn(value = ApiServer.Cluster.class, why = "there is nothing that would pull an image")
    void whyAnImageCanNotBePulledIsSaid() {
        create(Clusters.raw("image: registry.invalid/collab-service"));
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(cluster().observed()).isPresent();
            assertThat(cluster().getStatus().nodes()).hasSize(2).allSatisfy(node -> assertThat(node.reason())
                    .containsPattern(UNPULLED));
        });
        eventually("Ready", ready -> assertThat(ready.getMessage())
                .startsWith("0 of 2 nodes are ready")
                .containsPattern(UNPULLED));
        eventually("Degraded", degraded -> assertThat(degraded.getStatus()).isEqualTo("True"));
    }

    private void create(HasMetadata object) {
        if (object instanceof GenericKubernetesResource cluster) {
            Clusters.resource(client, cluster).create();
        } else {
            client.resource(object).inNamespace(client.getNamespace()).create();
        }
    }

    private void scale(int replicas) {
        client.resources(CollabCluster.class)
                .inNamespace(client.getNamespace())
                .withName("demo")
                .scale(replicas);
    }

    /** Everything is made; and the nodes are ready, where there is something that makes them. */
    private void ready() {
        eventually(controllers != null ? "Ready" : "ReconcileSuccess", condition -> assertThat(condition.getStatus())
                .as(condition.getMessage())
                .isEqualTo("True"));
    }

    private void eventually(String condition, Consumer<Condition> expectation) {
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(cluster().observed()).isPresent();
            expectation.accept(
                    StatusComposer.find(cluster().getStatus(), condition).orElseThrow());
        });
    }

    private CollabCluster cluster() {
        return client.resources(CollabCluster.class)
                .inNamespace(client.getNamespace())
                .withName("demo")
                .get();
    }

    private Deployment deployment() {
        return client.apps()
                .deployments()
                .inNamespace(client.getNamespace())
                .withName("demo")
                .get();
    }

    private List<String> names(Class<? extends HasMetadata> kind) {
        return new Inventory(client).names(kind);
    }
}
