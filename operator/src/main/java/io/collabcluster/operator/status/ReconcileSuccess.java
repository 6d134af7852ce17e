package io.collabcluster.operator.status;

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
        return Verdict.yes("Succeeded", "the specification is what Kubernetes was told");
    }
}
