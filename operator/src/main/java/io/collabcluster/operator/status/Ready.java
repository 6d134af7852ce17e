package io.collabcluster.operator.status;

import java.util.List;

/** All the nodes that there should be take clients. */
record Ready() implements StatusCondition {

    @Override
    public Verdict of(Observation seen) {
        if (!seen.faults().isEmpty()) {
            return Verdict.no("InvalidSpecification", String.join("; ", seen.faults()));
        }
        if (!seen.missing().isEmpty()) {
            return Verdict.no("MissingDependency", String.join("; ", seen.missing()));
        }
        if (!seen.failures().isEmpty()) {
            return Verdict.no("ReconcileFailed", String.join("; ", seen.failures()));
        }
        if (seen.deployment().isEmpty()) {
            return Verdict.no("NoDeployment", "the nodes aren't there yet");
        }
        if (seen.wanted() == 0) {
            return Verdict.yes("ScaledToZero", "no node is wanted");
        }
        String count = seen.ready() + " of " + seen.wanted() + " nodes are ready";
        if (seen.ready() < seen.wanted()) {
            return Verdict.no("NodesNotReady", Sentences.of(count, why(seen)));
        }
        return seen.paused() > 0
                ? Verdict.no("NodesPaused", Sentences.of(count + ", but " + seen.paused() + " paused", seen.pauses()))
                : Verdict.yes("AllNodesReady", count);
    }

    private static List<String> why(Observation seen) {
        List<String> troubles = seen.troubles();
        if (!troubles.isEmpty()) {
            return troubles;
        }
        List<String> redis = seen.redisTroubles();
        return redis.isEmpty() ? seen.complaints() : redis;
    }
}
