package io.collabcluster.operator.status;

import java.util.ArrayList;
import java.util.List;

/** Something doesn't work, whether or not clients notice it. */
record Degraded() implements StatusCondition {

    @Override
    public Verdict of(Observation seen) {
        List<String> findings = new ArrayList<>();
        findings.addAll(seen.troubles());
        findings.addAll(seen.redisTroubles());
        findings.addAll(seen.complaints());
        findings.addAll(seen.scalingTroubles());
        return findings.isEmpty()
                ? Verdict.no("Healthy", "nothing is wrong with any node")
                : Verdict.yes("Impaired", Sentences.of("", findings));
    }
}
