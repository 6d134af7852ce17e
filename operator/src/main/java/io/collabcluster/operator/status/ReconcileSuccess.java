package io.collabcluster.operator.status;

import io.collabcluster.operator.api.Annotations;

/** What the specification says was written to Kubernetes. */
record ReconcileSuccess() implements StatusCondition {

    @Override
    public Verdict of(Observation seen) {
        if (!seen.faults().isEmpty()) {
            return Verdict.no("InvalidSpecification", String.join("; ", seen.faults()));
        }
        if (!seen.failures().isEmpty()) {
            return Verdict.no("Failed", String.join("; ", seen.failures()));
        }
        if (seen.cluster().paused()) {
            return Verdict.unknown(
                    "Paused", "nothing is written while the annotation " + Annotations.PAUSED + " is \"true\"");
        }
        if (!seen.needed().isEmpty()) {
            return Verdict.unknown(
                    "NotWritten", "nothing is written until this is there: " + String.join("; ", seen.needed()));
        }
        return Verdict.yes("Succeeded", "the specification is what Kubernetes was told");
    }
}
