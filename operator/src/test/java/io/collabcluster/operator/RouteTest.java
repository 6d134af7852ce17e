package io.collabcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Contexts;
import io.collabcluster.operator.fake.FakeApiServer;
import io.collabcluster.operator.fake.FakeCluster;
import io.collabcluster.operator.status.StatusComposer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** In a Kubernetes that has the Gateway API. */
@QuarkusTest
@WithTestResource(FakeCluster.class)
@TestProfile(RouteTest.OwnOperator.class)
class RouteTest {

    /** One that has not looked yet which kinds there are. */
    public static final class OwnOperator implements QuarkusTestProfile {}

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    KubernetesClient client;
    FakeApiServer api;

    @Test
    void thatAGatewayRefusesTheRouteIsSaidAndWaitedFor() {
        api.serve("gateway.networking.k8s.io/v1/HTTPRoute");
        client.resource(Contexts.secret("demo-db", Map.of("username", "collab", "password", "one")))
                .create();
        Clusters.resource(client, Clusters.raw("exposure: {type: Gateway, gateway: {name: web}}"))
                .create();
        ready();

        says("False", "NotAllowedByListeners", "no listener takes routes of team");
        eventually("DependenciesReady", now -> assertThat(now.getMessage())
                .isEqualTo("the Gateway web lets nobody in by the HTTPRoute: it is refused: NotAllowedByListeners:"
                        + " no listener takes routes of team (spec.exposure.gateway)"));
        eventually("Ready", now -> assertThat(now.getReason()).isEqualTo("MissingDependency"));

        says("True", "Accepted", "");
        ready();
    }

    private void ready() {
        eventually("Ready", now -> assertThat(now.getStatus()).isEqualTo("True"));
        eventually("DependenciesReady", now -> assertThat(now.getStatus()).isEqualTo("True"));
    }

    /** As a Gateway's controller does. */
    private void says(String accepted, String reason, String message) {
        HTTPRoute route = client.resources(HTTPRoute.class)
                .inNamespace("team")
                .withName("demo")
                .get();
        Condition condition = new ConditionBuilder()
                .withType("Accepted")
                .withStatus(accepted)
                .withReason(reason)
                .withMessage(message)
                .build();
        client.resource(new HTTPRouteBuilder(route)
                        .withNewStatus()
                        .addNewParent()
                        .withControllerName("example.com/gateway")
                        .addToConditions(condition)
                        .endParent()
                        .endStatus()
                        .build())
                .patchStatus();
    }

    private void eventually(String condition, Consumer<Condition> expectation) {
        await().atMost(DEADLINE).untilAsserted(() -> {
            CollabCluster cluster = client.resources(CollabCluster.class)
                    .inNamespace("team")
                    .withName("demo")
                    .get();
            assertThat(cluster.observed()).isPresent();
            expectation.accept(
                    StatusComposer.find(cluster.getStatus(), condition).orElseThrow());
        });
    }
}
