package io.collabcluster.cluster.node;

import java.util.function.IntSupplier;

/** What this node would have of all connections, if they were spread over the running nodes by weight. */
public record FairShare(NodeRegistry registry, String uid, IntSupplier connections) {

    /** Whether it has more. Never, when no other node runs, or while this one is not registered. Any thread. */
    public boolean exceeded() {
        long all = 0;
        long weights = 0;
        long weight = 0;
        int others = 0;
        boolean registered = false;
        int own = connections.getAsInt();
        for (NodeRecord node : registry.live()) {
            if (node.uid().equals(uid)) {
                registered = true;
                weight = node.weight();
                weights += weight;
                all += own;
            } else if (node.isRunning()) {
                others++;
                weights += node.weight();
                all += node.connections();
            }
        }
        return registered && others > 0 && own * weights > all * weight;
    }
}
