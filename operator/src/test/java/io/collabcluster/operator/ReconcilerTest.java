package io.collabcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.operator.api.Annotations;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterStatus;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Contexts;
import io.collabcluster.operator.fake.FakeApiServer;
import io.collabcluster.operator.fake.FakeCluster;
import io.collabcluster.operator.fake.FakeControllers;
import io.collabcluster.operator.fake.FakeNodes;
import io.collabcluster.operator.fake.Inventory;
import io.collabcluster.operator.fake.OthersObjects;
import io.collabcluster.operator.scaling.Reading;
import io.collabcluster.operator.status.StatusComposer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole operator against a fake Kubernetes. */
@QuarkusTest
@WithTestResource(FakeCluster.class)
class ReconcilerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String PERSISTENT = "redis: {managed: {persistence: {enabled: true, storageClassName: fast}}}";

    @Inject
    FakeNodes nodes;

    @Inject
    Operator operator;

    /** What the operator asks by. */
    @Inject
    Instance<KubernetesClient> operators;

    KubernetesClient client;
    FakeApiServer api;
    FakeControllers controllers;

    @BeforeEach
    void database() {
        controllers.podsStart(true);
        controllers.containersStart(true);
        controllers.redisServes(true);
        create(Contexts.secret("demo-db", Map.of("username", "collab", "password", "one")));
    }

    @AfterEach
    void clear() {
        api.refuseNothing();
        client.resources(CollabCluster.class).inNamespace("team").delete();
        await().atMost(DEADLINE).until(() -> client.resources(CollabCluster.class)
                .inNamespace("team")
                .list()
                .getItems()
                .isEmpty());
        new Inventory(client).delete();
        controllers.deletePods("team");
        client.v1().events().inNamespace("team").delete();
        client.storage().v1().storageClasses().delete();
        client.scheduling().v1().priorityClasses().delete();
        nodes.reset();
    }

    @Test
    void tenLinesBecomeACluster() {
        nodes.allSay(FakeNodes.running(7));
        create(Clusters.raw());

        CollabClusterStatus status = eventually(now -> {
            assertThat(condition(now, "Ready").getStatus()).isEqualTo("True");
            assertThat(now.connections()).isEqualTo(14);
            assertThat(now.message()).isEmpty();
        });
        assertThat(names(Service.class)).containsExactly("demo", "demo-nodes", "demo-redis");
        assertThat(names(Secret.class)).containsExactly("demo-db", "demo-internal", "demo-redis");
        assertThat(names(ConfigMap.class)).containsExactly("demo-config");
        assertThat(names(StatefulSet.class)).containsExactly("demo-redis");
        assertThat(names(PodDisruptionBudget.class)).containsExactly("demo");
        assertThat(names(NetworkPolicy.class)).isEmpty();
        assertThat(deployment().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("CollabCluster"));

        assertThat(status.replicas()).isEqualTo(2);
        assertThat(status.readyReplicas()).isEqualTo(2);
        assertThat(status.selector()).contains("app.kubernetes.io/instance=demo");
        assertThat(status.nodes()).hasSize(2).allSatisfy(node -> {
            assertThat(node.state()).isEqualTo("running");
            assertThat(node.connections()).isEqualTo(7);
        });
        assertThat(condition(status, "DependenciesReady").getStatus()).isEqualTo("True");
        assertThat(condition(status, "ReconcileSuccess").getStatus()).isEqualTo("True");
        assertThat(condition(status, "Degraded").getStatus()).isEqualTo("False");
        await().atMost(DEADLINE)
                .untilAsserted(
                        () -> assertThat(events()).extracting(Event::getReason).contains("Ready"));
    }

    @Test
    void whatIsUnchangedIsNotWrittenAgain() {
        create(Clusters.raw("networkPolicy: {enabled: true}", "exposure: {type: Ingress, provider: Nginx}"));
        ready();
        settled();
        Map<String, String> before = versions();
        int writes = api.writes();
        // Once the second round asks the nodes, the first one has written all that it would.
        for (String round : List.of("one", "two")) {
            int asked = nodes.asked();
            // A label is nothing that anything is made of, but it calls the reconciler.
            GenericKubernetesResource labelled = Clusters.resource(client).edit(there -> {
                there.getMetadata().setLabels(Map.of("touched", round));
                return there;
            });
            before.put("CollabCluster/demo", labelled.getMetadata().getResourceVersion());
            await().atMost(DEADLINE).until(() -> nodes.asked() >= asked + 2);
        }
        assertThat(versions()).isEqualTo(before);
        assertThat(api.writes()).isEqualTo(writes + 2);
    }

    @Test
    void aMissingSecretIsNamedAndWaitedFor() {
        client.secrets().inNamespace("team").withName("demo-db").delete();
        create(Clusters.raw());
        CollabClusterStatus status = eventually(now -> {
            assertThat(condition(now, "Ready").getStatus()).isEqualTo("False");
            assertThat(condition(now, "DependenciesReady").getMessage()).contains("there is no Secret demo-db");
        });
        assertThat(status.message()).contains("demo-db", "spec.dataSource.credentialsSecret");
        assertThat(condition(status, "ReconcileSuccess").getReason()).isEqualTo("NotWritten");
        assertThat(names(Deployment.class)).isEmpty();

        create(Contexts.secret("demo-db", Map.of("username", "collab", "password", "one")));
        ready();
    }

    @Test
    void aSecretThatGoesLaterTakesNoNodeWithIt() {
        create(Clusters.raw());
        ready();
        String template = template();
        client.secrets().inNamespace("team").withName("demo-db").delete();
        eventually(now -> assertThat(condition(now, "Ready").getReason()).isEqualTo("MissingDependency"));
        assertThat(template()).isEqualTo(template);
        assertThat(pods()).hasSize(2);
    }

    /** What it watches it holds in its memory: Helm's releases and accounts' tokens are most of a big cluster's Secrets. */
    @Test
    void secretsThatNobodyNamesAreNotWatched() {
        assertThat(api.read())
                .filteredOn(path -> path.matches(".*/secrets\\?.*"))
                .isNotEmpty()
                .allSatisfy(
                        path -> assertThat(path)
                                .matches(
                                        ".*(labelSelector=app.kubernetes.io/managed-by=collab-operator"
                                                + "|fieldSelector=type!=helm.sh/release.v1,type!=kubernetes.io/service-account-token).*"));
    }

    @Test
    void aNewPasswordReplacesThePods() {
        create(Clusters.raw());
        ready();
        String hash = hash();
        client.resource(Contexts.secret("demo-db", Map.of("username", "collab", "password", "two")))
                .update();
        await().atMost(DEADLINE).until(() -> !hash().equals(hash));
    }

    @Test
    void whatIsSwitchedOffIsDeleted() {
        create(Clusters.raw(
                "networkPolicy: {enabled: true}",
                "autoscaling: {enabled: true}",
                "monitoring: {dashboard: true}",
                "exposure: {type: Ingress}"));
        ready();
        assertThat(names(NetworkPolicy.class)).containsExactly("demo", "demo-redis");
        assertThat(names(HorizontalPodAutoscaler.class)).containsExactly("demo");
        assertThat(names(Ingress.class)).containsExactly("demo");
        assertThat(names(ConfigMap.class)).contains("demo-dashboard");

        replace("redis: {url: \"redis://r.example.com:6379\"}");
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(names(NetworkPolicy.class)).isEmpty();
            assertThat(names(HorizontalPodAutoscaler.class)).isEmpty();
            assertThat(names(Ingress.class)).isEmpty();
            assertThat(names(ConfigMap.class)).containsExactly("demo-config");
            assertThat(names(StatefulSet.class)).isEmpty();
            assertThat(names(Service.class)).containsExactly("demo", "demo-nodes");
            assertThat(names(Secret.class)).containsExactly("demo-db", "demo-internal");
        });
    }

    /** A watch ends with the first object that it can't read, and the operator with the watch: for all namespaces. */
    @Test
    void aResourceThatCanNotBeReadStopsNoOther() {
        create(Clusters.raw("scheduling: {affinity: {podAntiAffinity: "
                + "{requiredDuringSchedulingIgnoredDuringExecution: {topologyKey: kubernetes.io/hostname}}}}"));
        CollabClusterStatus status = eventually(
                now -> assertThat(condition(now, "Ready").getReason()).isEqualTo("InvalidSpecification"));
        assertThat(status.message())
                .contains("spec.scheduling.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution");
        assertThat(names(Deployment.class)).isEmpty();

        GenericKubernetesResource other = Clusters.raw();
        other.getMetadata().setName("other");
        create(other);
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(names(Deployment.class)).containsExactly("other"));
        replace("scheduling: {affinity: {}}");
        ready();
    }

    @Test
    void aShrinkTakesTheNodesWithTheFewestConnections() {
        create(Clusters.raw("replicas: 4"));
        ready();
        List<String> before = pods();
        nodes.says(before.get(0), FakeNodes.running(50));
        nodes.says(before.get(1), FakeNodes.running(3));
        nodes.says(before.get(2), FakeNodes.running(40));
        nodes.says(before.get(3), FakeNodes.running(1));

        replace("replicas: 2");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(pods()).containsExactlyInAnyOrder(before.get(0), before.get(2)));
        assertThat(client.pods()
                        .inNamespace("team")
                        .withName(before.get(0))
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsEntry(Annotations.POD_DELETION_COST, "50");
    }

    @Test
    void aShrinkSparesABusyNodeThatDoesNotAnswerInTime() {
        create(Clusters.raw("replicas: 3"));
        ready();
        List<String> before = pods();
        nodes.says(before.get(0), FakeNodes.running(50));
        nodes.says(before.get(1), FakeNodes.running(3));
        nodes.says(before.get(2), FakeNodes.running(40));
        annotate("round", "one");
        eventually(now -> assertThat(now.connections()).isEqualTo(93));

        nodes.says(before.get(0), new Reading.Unreachable("/status does not answer in time"));
        replace("replicas: 2");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(pods()).containsExactlyInAnyOrder(before.get(0), before.get(2)));
    }

    @Test
    void afterGrowthThoseThatHaveTooMuchAreAskedToShedOnce() {
        create(Clusters.raw("balancing: {shedAfterGrowth: true}"));
        ready();
        List<String> old = pods();
        old.forEach(pod -> nodes.says(pod, FakeNodes.running(90)));
        assertThat(nodes.sheds()).isEmpty();

        replace("balancing: {shedAfterGrowth: true}", "replicas: 3");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(nodes.sheds()).containsOnlyKeys(old));
        assertThat(nodes.sheds().get(old.getFirst())).isBetween(0.32, 0.34);
        Secret internal =
                client.secrets().inNamespace("team").withName("demo-internal").get();
        assertThat(nodes.tokens().values()).containsOnly(Contexts.text(internal, "operator-token"));
        eventually(now -> assertThat(now.balancedReplicas()).isEqualTo(3));
        await().atMost(DEADLINE)
                .untilAsserted(
                        () -> assertThat(events()).extracting(Event::getReason).contains("Shedding"));
    }

    @Test
    void aNodeThatRefusesToShedIsAskedAgainAndThoseThatAgreedAreNot() {
        create(Clusters.raw("balancing: {shedAfterGrowth: true}"));
        ready();
        List<String> old = pods();
        old.forEach(pod -> nodes.says(pod, FakeNodes.running(90)));
        nodes.refusesToShed(old.get(1), "/admin/shed answers 409");

        replace("balancing: {shedAfterGrowth: true}", "replicas: 3");
        await().atMost(DEADLINE)
                .untilAsserted(
                        () -> assertThat(events()).extracting(Event::getReason).contains("ShedFailed"));
        assertThat(nodes.sheds()).containsOnlyKeys(old.get(0));
        assertThat(cluster().getStatus().balancedReplicas()).isEqualTo(2);

        nodes.sheds().clear();
        nodes.refusesToShed(old.get(1), "");
        annotate("round", "again");
        eventually(now -> assertThat(now.balancedReplicas()).isEqualTo(3));
        assertThat(nodes.sheds()).containsOnlyKeys(old.get(1));
    }

    @Test
    void growthIsEvenedOutOnlyOnceAllNodesRun() {
        create(Clusters.raw("balancing: {shedAfterGrowth: true}"));
        ready();
        List<String> old = pods();
        nodes.says(old.get(0), FakeNodes.running(90));
        nodes.says(old.get(1), FakeNodes.paused("Redis Server is away"));
        replace("balancing: {shedAfterGrowth: true}", "replicas: 3");
        eventually(now -> assertThat(now.readyReplicas()).isEqualTo(3));
        int asked = nodes.asked();
        annotate("round", "one");
        await().atMost(DEADLINE).until(() -> nodes.asked() >= asked + 3);
        assertThat(cluster().getStatus().balancedReplicas()).isEqualTo(2);

        nodes.says(old.get(1), FakeNodes.running(0));
        annotate("round", "two");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(nodes.sheds()).containsOnlyKeys(old.get(0)));
    }

    @Test
    void whilePausedNobodyIsAskedToShed() {
        create(Clusters.raw("balancing: {shedAfterGrowth: true}"));
        ready();
        pods().forEach(pod -> nodes.says(pod, FakeNodes.running(90)));
        controllers.containersStart(false);
        replace("balancing: {shedAfterGrowth: true}", "replicas: 3");
        await().atMost(DEADLINE).until(() -> pods().size() == 3);
        annotate(Annotations.PAUSED, "true");
        eventually(now -> assertThat(condition(now, "Paused").getStatus()).isEqualTo("True"));
        controllers.startContainers();
        eventually(now -> assertThat(now.readyReplicas()).isEqualTo(3));
        int asked = nodes.asked();
        annotate("round", "one");
        await().atMost(DEADLINE).until(() -> nodes.asked() >= asked + 3);
        assertThat(nodes.sheds()).isEmpty();

        annotate(Annotations.PAUSED, "false");
        await().atMost(DEADLINE).until(() -> !nodes.sheds().isEmpty());
    }

    /** It has gone since the operator saw it. */
    @Test
    void aShrinkDoesNotFailOnAPodThatIsGone() {
        create(Clusters.raw("replicas: 3"));
        ready();
        List<String> before = pods();
        nodes.says(before.get(0), FakeNodes.running(5));
        nodes.says(before.get(1), FakeNodes.running(4));
        api.refuse("PATCH", ".*/pods/" + before.get(2) + ".*", 404);
        replace("replicas: 2");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(pods()).containsExactlyInAnyOrder(before.get(0), before.get(1)));
        assertThat(events()).extracting(Event::getReason).doesNotContain("ReconcileFailed");
    }

    @Test
    void aShrinkWaitsUntilItCanBeSaidWhichNodesItMayTake() {
        create(Clusters.raw("replicas: 3"));
        ready();
        pods().forEach(pod -> nodes.says(pod, FakeNodes.running(5)));
        api.refuse("PATCH", ".*/pods/.*", 403);
        replace("replicas: 2");
        eventually(now -> assertThat(condition(now, "ReconcileSuccess").getMessage())
                .contains("Pod demo-", "the operator may not: see the chart's rights"));
        assertThat(deployment().getSpec().getReplicas()).isEqualTo(3);
        api.refuseNothing();
        annotate("round", "again");
        await().atMost(DEADLINE).until(() -> deployment().getSpec().getReplicas() == 2);
    }

    /** Without it the operator sees them no more. */
    @Test
    void whatHasLostTheOperatorsLabelGetsItBack() {
        create(Clusters.raw());
        ready();
        Map<String, String> madeUp = client.secrets()
                .inNamespace("team")
                .withName("demo-internal")
                .get()
                .getData();
        for (HasMetadata object : List.of(
                client.services().inNamespace("team").withName("demo").get(),
                client.secrets().inNamespace("team").withName("demo-internal").get(),
                client.configMaps().inNamespace("team").withName("demo-config").get())) {
            object.getMetadata().getLabels().remove(Labels.MANAGED_BY);
            HasMetadata changed = client.resource(object).update();
            assertThat(changed.getMetadata().getLabels()).doesNotContainKey(Labels.MANAGED_BY);
            await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                            client.resource(object).get().getMetadata().getLabels())
                    .containsEntry(Labels.MANAGED_BY, Labels.OPERATOR));
        }
        ready();
        assertThat(client.secrets()
                        .inNamespace("team")
                        .withName("demo-internal")
                        .get()
                        .getData())
                .isEqualTo(madeUp);
    }

    @Test
    void aChangeThatWasOvertakenIsNotCalledAnothersObject() {
        create(Clusters.raw());
        ready();
        api.refuse("PATCH", ".*/configmaps/demo-config.*", 409);
        replace("config: {limits: {pageSize: 7}}");
        eventually(now -> assertThat(condition(now, "ReconcileSuccess").getMessage())
                .contains("ConfigMap: somebody else changed it at the same moment; it is tried again"));
        api.refuseNothing();
        annotate("round", "again");
        ready();
        assertThat(client.configMaps()
                        .inNamespace("team")
                        .withName("demo-config")
                        .get()
                        .getData()
                        .values())
                .anyMatch(json -> json.contains("pageSize"));
    }

    /** The client itself asks again before; until it gives up, nobody hears of it. */
    @Test
    void aWriteThatTheApiServerFailsAtIsToldSoonAndTriedAgain() {
        assertThat(operators.get().getConfiguration().getRequestRetryBackoffLimit())
                .isEqualTo(4);
        create(Clusters.raw());
        ready();
        api.refuse("PATCH", ".*/configmaps/demo-config.*", 500);
        replace("config: {limits: {pageSize: 7}}");
        eventually(now ->
                assertThat(condition(now, "ReconcileSuccess").getMessage()).contains("ConfigMap: refused by the test"));
        api.refuseNothing();
        eventually(now ->
                assertThat(condition(now, "ReconcileSuccess").getStatus()).isEqualTo("True"));
    }

    @Test
    void whilePausedNothingIsWritten() {
        create(Clusters.raw());
        ready();
        annotate(Annotations.PAUSED, "true");
        eventually(now -> {
            assertThat(condition(now, "Paused").getStatus()).isEqualTo("True");
            assertThat(condition(now, "ReconcileSuccess").getStatus()).isEqualTo("Unknown");
        });
        replace("replicas: 5");
        eventually(now -> assertThat(now.observedGeneration())
                .isEqualTo(cluster().getMetadata().getGeneration().intValue()));
        assertThat(deployment().getSpec().getReplicas()).isEqualTo(2);

        annotate(Annotations.PAUSED, "false");
        await().atMost(DEADLINE).until(() -> deployment().getSpec().getReplicas() == 5);
    }

    @Test
    void aRestartReplacesThePods() {
        create(Clusters.raw());
        ready();
        List<String> before = pods();
        annotate(Annotations.RESTART, "2026-01-01");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(pods()).hasSize(2).doesNotContainAnyElementsOf(before));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = OthersObjects.TABLE)
    void anothersObjectIsNotTakenOver(String kind, String yaml) {
        HasMetadata others = OthersObjects.create(client, yaml);
        create(Clusters.raw());
        CollabClusterStatus status =
                eventually(now -> assertThat(condition(now, "ReconcileSuccess").getMessage())
                        .contains(kind + ": one of this name is there already"));
        assertThat(condition(status, "ReconcileSuccess").getStatus()).isEqualTo("False");
        assertThat(condition(status, "Ready").getStatus()).isEqualTo("False");
        assertThat(OthersObjects.written(client.resource(others).get())).isEqualTo(OthersObjects.written(others));

        client.resource(others).delete();
        ready();
    }

    @Test
    void aFaultThatTheSchemaCanNotSeeIsNamedAndNothingIsWritten() {
        create(Clusters.raw("config: {port: 80}"));
        CollabClusterStatus status = eventually(now ->
                assertThat(condition(now, "ReconcileSuccess").getReason()).isEqualTo("InvalidSpecification"));
        assertThat(status.message()).contains("spec.config.port: the operator sets it");
        assertThat(names(Deployment.class)).isEmpty();
    }

    @Test
    void whatKeepsAPodFromStartingIsSaid() {
        controllers.podsStart(false);
        create(Clusters.raw());
        CollabClusterStatus status = eventually(now -> {
            assertThat(condition(now, "Ready").getMessage()).contains("0 of 2 nodes are ready", "ErrImagePull");
            assertThat(condition(now, "Degraded").getStatus()).isEqualTo("True");
            assertThat(now.nodes()).hasSize(2);
        });
        assertThat(status.nodes()).allSatisfy(node -> assertThat(node.state()).isEqualTo("Pending"));
    }

    @Test
    void thatANodeDoesNotAnswerWhileItStartsIsNoWarning() {
        controllers.containersStart(false);
        nodes.allSay(new Reading.Unreachable("/status can't be read: Connection refused"));
        create(Clusters.raw());
        eventually(now -> {
            assertThat(now.nodes()).hasSize(2).allSatisfy(node -> assertThat(node.state())
                    .isEqualTo("starting"));
            assertThat(condition(now, "Ready").getMessage()).isEqualTo("0 of 2 nodes are ready");
            assertThat(condition(now, "Degraded").getStatus()).isEqualTo("False");
        });
        assertThat(events()).extracting(Event::getReason).doesNotContain("Degraded");
    }

    @Test
    void whatTheNodesMissIsSaidInTheirOwnWords() {
        nodes.allSay(FakeNodes.paused("The following dependent services are unavailable: DB Service"));
        create(Clusters.raw());
        eventually(now -> assertThat(condition(now, "DependenciesReady").getMessage())
                .isEqualTo("The following dependent services are unavailable: DB Service"));
    }

    @Test
    void aRouteNeedsTheGatewayApi() {
        create(Clusters.raw("exposure: {type: Gateway, gateway: {name: web}}"));
        eventually(now -> assertThat(condition(now, "DependenciesReady").getMessage())
                .contains("this cluster has no kind HTTPRoute of gateway.networking.k8s.io/v1"));
        assertThat(client.resources(HTTPRoute.class).inNamespace("team").list().getItems())
                .isEmpty();
    }

    @Test
    void anIngressClassThatIsNotThereIsNamed() {
        create(Clusters.raw("exposure: {type: Ingress, className: fast}"));
        eventually(now -> assertThat(condition(now, "Ready").getMessage())
                .contains("there is no IngressClass fast (spec.exposure.className)"));
    }

    @Test
    void classesThatAreNotThereAreNamedUntilTheyAre() {
        controllers.redisServes(false);
        create(Clusters.raw(PERSISTENT, "scheduling: {priorityClassName: high}"));
        eventually(now -> {
            assertThat(condition(now, "Ready").getStatus()).isEqualTo("False");
            assertThat(condition(now, "Ready").getMessage())
                    .isEqualTo("there is no StorageClass fast (spec.redis.managed.persistence.storageClassName);"
                            + " there is no PriorityClass high (spec.scheduling.priorityClassName)");
            assertThat(condition(now, "DependenciesReady").getReason()).isEqualTo("Missing");
        });
        create(new StorageClassBuilder()
                .withNewMetadata()
                .withName("fast")
                .endMetadata()
                .withProvisioner("example.com/disks")
                .build());
        create(new PriorityClassBuilder()
                .withNewMetadata()
                .withName("high")
                .endMetadata()
                .withValue(1)
                .build());
        eventually(now -> {
            assertThat(condition(now, "Ready").getStatus()).isEqualTo("True");
            assertThat(condition(now, "DependenciesReady").getReason()).isEqualTo("RedisNotReady");
        });
    }

    /** Volumes that people make by hand may bear the name of a class that isn't there. */
    @Test
    void noStorageClassIsMissedOnceRedisHasItsVolume() {
        create(Clusters.raw(PERSISTENT));
        ready();
    }

    @Test
    void whatWasMadeUpStaysTheSame() {
        create(Clusters.raw());
        ready();
        Secret before =
                client.secrets().inNamespace("team").withName("demo-internal").get();
        replace("replicas: 3");
        await().atMost(DEADLINE).until(() -> deployment().getSpec().getReplicas() == 3);
        assertThat(client.secrets()
                        .inNamespace("team")
                        .withName("demo-internal")
                        .get()
                        .getData())
                .isEqualTo(before.getData());
    }

    @Test
    void anOperatorThatWasDownCatchesUp() {
        create(Clusters.raw());
        ready();
        operator.stop();
        replace("replicas: 3");
        client.services().inNamespace("team").withName("demo").delete();
        operator.start();
        ready();
        assertThat(deployment().getSpec().getReplicas()).isEqualTo(3);
        assertThat(names(Service.class)).contains("demo");
    }

    @Test
    void whatIsDeletedByHandComesBack() {
        create(Clusters.raw());
        ready();
        client.services().inNamespace("team").withName("demo").delete();
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(names(Service.class)).contains("demo"));
    }

    private void ready() {
        eventually(now -> {
            assertThat(condition(now, "Ready").getStatus()).isEqualTo("True");
            assertThat(condition(now, "Progressing").getStatus()).isEqualTo("False");
            assertThat(condition(now, "DependenciesReady").getStatus()).isEqualTo("True");
            assertThat(now.nodes()).hasSize(cluster().getSpec().replicas());
        });
    }

    /** Until a whole round of the operator has written nothing. */
    private void settled() {
        await().atMost(DEADLINE).until(() -> {
            int writes = api.writes();
            int asked = nodes.asked();
            annotate("round", String.valueOf(asked));
            await().atMost(DEADLINE).until(() -> nodes.asked() >= asked + 2);
            return api.writes() == writes + 1;
        });
    }

    private CollabClusterStatus eventually(Consumer<CollabClusterStatus> expectation) {
        await().atMost(DEADLINE).untilAsserted(() -> {
            Optional<CollabClusterStatus> status = cluster().observed();
            assertThat(status).isPresent();
            expectation.accept(status.get());
        });
        return cluster().observed().orElseThrow();
    }

    private static Condition condition(CollabClusterStatus status, String type) {
        return StatusComposer.find(status, type).orElseThrow();
    }

    private void create(HasMetadata object) {
        if (object instanceof GenericKubernetesResource cluster) {
            Clusters.resource(client, cluster).create();
        } else {
            client.resource(object).create();
        }
    }

    private void replace(String... spec) {
        Clusters.replace(client, spec);
    }

    private void annotate(String name, String value) {
        Clusters.annotate(client, name, value);
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

    private String template() {
        return Serialization.asJson(deployment().getSpec().getTemplate());
    }

    private String hash() {
        return deployment()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get(Annotations.INPUTS_HASH);
    }

    private List<String> pods() {
        return names(Pod.class);
    }

    private List<Event> events() {
        return client.v1().events().inNamespace("team").list().getItems();
    }

    private List<String> names(Class<? extends HasMetadata> kind) {
        return new Inventory(client).names(kind);
    }

    private Map<String, String> versions() {
        return new Inventory(client).versions(object -> object.getMetadata().getResourceVersion());
    }
}
