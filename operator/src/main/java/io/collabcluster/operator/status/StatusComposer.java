package io.collabcluster.operator.status;

import io.collabcluster.operator.api.CollabClusterStatus;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.scaling.Reading;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The whole status. What has not changed is as it was, to the second: equal statuses are not written again. */
public final class StatusComposer {

    /** In the order in which people read them. */
    private static final List<StatusCondition> CONDITIONS = List.of(
            new Ready(),
            new Progressing(),
            new DependenciesReady(),
            new Degraded(),
            new Paused(),
            new ReconcileSuccess());

    private final Clock clock;

    public StatusComposer(Clock clock) {
        this.clock = clock;
    }

    /** @param balancedReplicas the number of nodes that connections were last evened out for */
    public CollabClusterStatus compose(Observation seen, int balancedReplicas) {
        Optional<CollabClusterStatus> before = seen.cluster().observed();
        long generation = Optional.ofNullable(seen.cluster().getMetadata().getGeneration())
                .orElse(0L);
        List<Condition> conditions = CONDITIONS.stream()
                .map(condition -> condition(condition, seen, generation, before))
                .toList();
        return new CollabClusterStatus(
                (int) generation,
                seen.replicas(),
                seen.ready(),
                Labels.text(Labels.selector(seen.cluster(), Labels.SERVER)),
                connections(seen),
                message(conditions),
                new NodeReports(seen).all(),
                conditions,
                balancedReplicas);
    }

    private Condition condition(
            StatusCondition condition, Observation seen, long generation, Optional<CollabClusterStatus> before) {
        Verdict verdict = condition.of(seen);
        String since = before.flatMap(status -> find(status, condition.type()))
                .filter(old -> old.getStatus().equals(verdict.status()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(condition.type())
                .withStatus(verdict.status())
                .withReason(verdict.reason())
                .withMessage(verdict.message())
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }

    /** The condition of that type, if the status has it. */
    public static Optional<Condition> find(CollabClusterStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    private static int connections(Observation seen) {
        return seen.census().values().stream()
                .flatMap(reading -> reading.said().stream())
                .mapToInt(Reading.Answered::connections)
                .sum();
    }

    /** For the list of all: the worst that there is to say. */
    private static String message(List<Condition> conditions) {
        return worst(conditions, "Paused", "True")
                .or(() -> worst(conditions, "Ready", "False"))
                .or(() -> worst(conditions, "DependenciesReady", "False"))
                .or(() -> worst(conditions, "Degraded", "True"))
                .or(() -> worst(conditions, "Progressing", "True"))
                .orElse("");
    }

    private static Optional<String> worst(List<Condition> conditions, String type, String status) {
        return conditions.stream()
                .filter(condition -> condition.getType().equals(type))
                .filter(condition -> condition.getStatus().equals(status))
                .map(Condition::getMessage)
                .findFirst();
    }
}
