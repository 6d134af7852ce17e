package io.collabcluster.cluster.node;

/** Another live node has the id that this one is configured to have. */
public final class NodeIdTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NodeIdTakenException(NodeRecord holder) {
        super("the node at " + holder.address() + " (started " + holder.started() + ") has the id \"" + holder.id()
                + "\" already");
    }
}
