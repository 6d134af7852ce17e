package io.collabcluster.operator.status;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Objects;

/** Nodes are being added, taken or replaced. */
record Progressing() implements StatusCondition {

    @Override
    public Verdict of(Observation seen) {
        if (seen.deployment().isEmpty()) {
            return Verdict.no("NoDeployment", "the nodes aren't there yet");
        }
        Deployment deployment = seen.deployment().get();
        if (stuck(deployment)) {
            return Verdict.no("DeadlineExceeded", Sentences.of("the rollout has stopped", seen.troubles()));
        }
        Long seenGeneration =
                deployment.getStatus() == null ? null : deployment.getStatus().getObservedGeneration();
        if (!Objects.equals(deployment.getMetadata().getGeneration(), seenGeneration)) {
            return Verdict.yes("Scheduled", "the change waits for Kubernetes to begin");
        }
        if (seen.updated() < seen.wanted()) {
            return Verdict.yes("RollingOut", seen.updated() + " of " + seen.wanted() + " nodes are up to date");
        }
        int going = Math.max(0, seen.replicas() - seen.wanted()) + seen.leaving();
        if (going > 0) {
            return Verdict.yes(
                    "Draining", going + (going == 1 ? " node is on its" : " nodes are on their") + " way out");
        }
        return Verdict.no("UpToDate", "all nodes are up to date");
    }

    private static boolean stuck(Deployment deployment) {
        return deployment.getStatus() != null
                && deployment.getStatus().getConditions().stream()
                        .anyMatch(condition -> "ProgressDeadlineExceeded".equals(condition.getReason()));
    }
}
