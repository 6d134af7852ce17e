package io.collabcluster.operator.status;

import io.collabcluster.operator.api.Annotations;

/** The operator was told to keep its hands off. */
record Paused() implements StatusCondition {

    @Override
    public Verdict of(Observation seen) {
        return seen.cluster().paused()
                ? Verdict.yes(
                        "Annotated",
                        "the operator changes nothing while the annotation " + Annotations.PAUSED + " is \"true\"")
                : Verdict.no("NotPaused", "the operator works");
    }
}
