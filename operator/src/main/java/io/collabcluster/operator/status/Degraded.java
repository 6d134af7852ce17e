package io.collabcluster.operator.status;

import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.util.ArrayList;
import java.util.List;

/** Something doesn't work, whether or not clients notice it. */
record Degraded() implements StatusCondition {

    @Override
    public Verdict of(Observation seen) {
        List<String> findings = new ArrayList<>();
        seen.deployment()
                .filter(d -> d.getStatus() != null)
                .ifPresent(deployment -> deployment.getStatus().getConditions().stream()
                        .filter(condition -> "ReplicaFailure".equals(condition.getType()))
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .map(DeploymentCondition::getMessage)
                        .forEach(findings::add));
        findings.addAll(seen.troubles());
        findings.addAll(seen.redisTroubles());
        findings.addAll(seen.complaints());
        findings.addAll(seen.scalingTroubles());
        return findings.isEmpty()
                ? Verdict.no("Healthy", "nothing is wrong with any node")
                : Verdict.yes("Impaired", Sentences.of("", findings));
    }
}
