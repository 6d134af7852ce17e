package io.collabcluster.operator.api;

/** What people write on a CollabCluster, and what the operator writes on what it makes. */
public final class Annotations {

    /** On a CollabCluster, {@code "true"}: nothing is written until it is gone. */
    public static final String PAUSED = CollabCluster.GROUP + "/paused";

    /** On a CollabCluster, any text: when it changes, the nodes are replaced one after another. */
    public static final String RESTART = CollabCluster.GROUP + "/restart";

    /** On pods: the hash of the configuration and of the Secrets that they read at their start. */
    public static final String INPUTS_HASH = CollabCluster.GROUP + "/inputs-hash";

    /** On pods, read by ReplicaSets: of those that may go, the one with the lowest goes first. */
    public static final String POD_DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    private Annotations() {}
}
