package io.collabcluster.operator.status;

import io.collabcluster.operator.scaling.Reading;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.TreeSet;

/** What the nodes need is there: Secrets and classes by their names, Redis, and what the nodes themselves miss. */
record DependenciesReady() implements StatusCondition {

    @Override
    public Verdict of(Observation seen) {
        if (!seen.missing().isEmpty()) {
            return Verdict.no("Missing", String.join("; ", seen.missing()));
        }
        boolean redisHere = seen.cluster().getSpec().redis().runsHere();
        if (redisHere && seen.redis().filter(DependenciesReady::serves).isEmpty()) {
            return Verdict.no("RedisNotReady", Sentences.of("the managed Redis isn't ready", seen.redisTroubles()));
        }
        // All paused nodes give the same reason, as a rule: each is said once.
        var reasons = new TreeSet<String>();
        seen.census().values().forEach(reading -> {
            if (reading instanceof Reading.Answered answered && answered.state().equals("paused")) {
                reasons.add(answered.reason());
            }
        });
        if (!reasons.isEmpty()) {
            return Verdict.no("Unavailable", Sentences.of("", List.copyOf(reasons)));
        }
        boolean noneAnswered = seen.census().values().stream().noneMatch(Reading.Answered.class::isInstance);
        if (noneAnswered && seen.wanted() > 0) {
            return Verdict.unknown("NoAnswer", "no node has said yet whether it reaches Postgres and Redis");
        }
        return Verdict.yes("AllReady", "everything that the nodes need is there");
    }

    private static boolean serves(StatefulSet redis) {
        return redis.getStatus() != null
                && redis.getStatus().getReadyReplicas() != null
                && redis.getStatus().getReadyReplicas() > 0;
    }
}
