package io.collabcluster.operator.status;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;

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
        if (seen.paused() > 0) {
            return Verdict.no("Unavailable", Sentences.of("", seen.pauses()));
        }
        boolean noneAnswered = seen.census().values().stream()
                .allMatch(reading -> reading.said().isEmpty());
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
