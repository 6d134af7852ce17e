package io.collabcluster.operator.status;

/** One condition of a CollabCluster's status. */
public sealed interface StatusCondition
        permits Ready, Progressing, DependenciesReady, Paused, Degraded, ReconcileSuccess {

    /** Its type, which is the class's name. */
    default String type() {
        return getClass().getSimpleName();
    }

    Verdict of(Observation seen);
}
