package io.collabcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteAcceptanceTest {

    private static final Instant MADE = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aRefusalCountsAtOnceAndHasTheControllersWords() {
        HTTPRoute route = route(
                condition("ResolvedRefs", "True", "ResolvedRefs", ""),
                condition("Accepted", "False", "NotAllowedByListeners", "no listener takes routes of team"));
        assertThat(trouble(route, 1))
                .contains("it is refused: NotAllowedByListeners: no listener takes routes of team");
    }

    @Test
    void oneThatLetsClientsInIsEnough() {
        HTTPRoute route = route(
                condition("Accepted", "False", "NoMatchingParent", ""),
                condition("Accepted", "True", "Accepted", "all is well"));
        assertThat(trouble(route, 3600)).isEmpty();
    }

    @Test
    void silenceIsBorneForAsLongAsNodesMayTakeToStart() {
        HTTPRoute silent = route();
        HTTPRoute undecided = route(condition("Accepted", "Unknown", "Pending", ""));
        HTTPRoute unseen = new HTTPRouteBuilder(silent).withStatus(null).build();
        for (HTTPRoute route : new HTTPRoute[] {silent, undecided, unseen}) {
            assertThat(trouble(route, 600)).isEmpty();
            assertThat(trouble(route, 601))
                    .contains("nothing has accepted it for 10 minutes: is there such a Gateway?");
        }
    }

    private static Optional<String> trouble(HTTPRoute route, int seconds) {
        return RouteAcceptance.of(route).trouble(MADE.plusSeconds(seconds));
    }

    /** Each condition in an entry of its own, as of several controllers. */
    private static HTTPRoute route(Condition... conditions) {
        var route = new HTTPRouteBuilder()
                .withNewMetadata()
                .withName("demo")
                .withCreationTimestamp(MADE.toString())
                .endMetadata()
                .withNewStatus()
                .endStatus()
                .build();
        HTTPRouteBuilder builder = new HTTPRouteBuilder(route);
        for (Condition condition : conditions) {
            builder.editStatus()
                    .addNewParent()
                    .withControllerName("example.com/gateway")
                    .withConditions(condition)
                    .endParent()
                    .endStatus();
        }
        return builder.build();
    }

    private static Condition condition(String type, String status, String reason, String message) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .build();
    }
}
