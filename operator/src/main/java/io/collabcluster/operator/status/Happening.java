package io.collabcluster.operator.status;

import io.collabcluster.operator.api.CollabClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that people want to read among a resource's Events.
 *
 * @param warning whether somebody should look
 * @param reason one word in CamelCase
 */
public record Happening(boolean warning, String reason, String message) {

    /** What each condition is called when it becomes true, and when it stops being it. */
    private static final Map<String, List<Happening>> TURNS = Map.of(
            "Ready", List.of(turn(false, "Ready"), turn(true, "NotReady")),
            "Progressing", List.of(turn(false, "RolloutBegan"), turn(false, "RolloutEnded")),
            "DependenciesReady", List.of(turn(false, "DependenciesReady"), turn(true, "DependenciesNotReady")),
            "Degraded", List.of(turn(true, "Degraded"), turn(false, "Recovered")),
            "Paused", List.of(turn(false, "ReconciliationPaused"), turn(false, "ReconciliationResumed")),
            "ReconcileSuccess", List.of(turn(false, "ReconcileSucceeded"), turn(true, "ReconcileFailed")));

    private static Happening turn(boolean warning, String reason) {
        return new Happening(warning, reason, "");
    }

    /**
     * What has happened between two statuses: conditions that turned, and ones that failed in another way. The first status
     * is nobody's turn: only what is wrong in it is told.
     */
    public static List<Happening> between(Optional<CollabClusterStatus> before, CollabClusterStatus after) {
        List<Happening> happenings = new ArrayList<>();
        for (Condition now : after.conditions()) {
            Optional<Condition> old = before.flatMap(status -> StatusComposer.find(status, now.getType()));
            turned(old, now).ifPresent(happenings::add);
        }
        return happenings;
    }

    private static Optional<Happening> turned(Optional<Condition> old, Condition now) {
        List<Happening> turns = TURNS.get(now.getType());
        if (turns == null || now.getStatus().equals("Unknown")) {
            return Optional.empty();
        }
        Happening turn = turns.get(now.getStatus().equals("True") ? 0 : 1);
        boolean same = old.filter(before -> before.getStatus().equals(now.getStatus())
                        && (!turn.warning() || before.getReason().equals(now.getReason())))
                .isPresent();
        boolean quiet = old.isEmpty() && !turn.warning() && !now.getType().equals("Ready");
        return same || quiet
                ? Optional.empty()
                : Optional.of(new Happening(turn.warning(), turn.reason(), now.getMessage()));
    }
}
