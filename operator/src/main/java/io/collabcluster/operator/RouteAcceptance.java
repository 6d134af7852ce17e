package io.collabcluster.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the controllers of Gateways say of a route, which is for one Gateway: of each that knows it there is an entry with a
 * condition Accepted ({@code RouteParentStatus} of the Gateway API). A controller may answer late, and a Gateway that isn't
 * there has none that answers.
 *
 * @param since when the route was made
 * @param words its conditions Accepted
 */
record RouteAcceptance(Instant since, List<Condition> words) {

    /** As long as nodes have for their start. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    static RouteAcceptance of(HTTPRoute route) {
        Instant since = Instant.parse(route.getMetadata().getCreationTimestamp());
        if (route.getStatus() == null) {
            return new RouteAcceptance(since, List.of());
        }
        return new RouteAcceptance(
                since,
                route.getStatus().getParents().stream()
                        .flatMap(parent -> parent.getConditions().stream())
                        .filter(condition -> "Accepted".equals(condition.getType()))
                        .toList());
    }

    /** Why nobody gets in by the route, in words; empty where somebody does, or it is too early to tell. */
    Optional<String> trouble(Instant now) {
        if (words.stream().anyMatch(condition -> "True".equals(condition.getStatus()))) {
            return Optional.empty();
        }
        Optional<Condition> refusal = words.stream()
                .filter(condition -> "False".equals(condition.getStatus()))
                .findFirst();
        if (refusal.isPresent()) {
            return refusal.map(condition -> "it is refused: " + condition.getReason() + ": "
                    + Objects.requireNonNullElse(condition.getMessage(), ""));
        }
        return Duration.between(since, now).compareTo(PATIENCE) > 0
                ? Optional.of(
                        "nothing has accepted it for " + PATIENCE.toMinutes() + " minutes: is there such a Gateway?")
                : Optional.empty();
    }
}
