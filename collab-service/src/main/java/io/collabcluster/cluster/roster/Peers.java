package io.collabcluster.cluster.roster;

import java.util.Set;

/** The nodes that there are, as their leases say. Any thread. */
public interface Peers {

    /** This node's id, of this process and no other: 1 to 40 of {@code A-Z a-z 0-9 _ -}. */
    String self();

    /** The ids of the others. */
    Set<String> others();

    /** Told after the change, on any thread: must not block. */
    void watch(Watcher watcher);

    interface Watcher {

        /** A node is there that was not, or is there again. */
        void joined(String node);

        /** A node has gone, or its lease has ended. */
        void left(String node);

        /** Redis has lost this node's lease, so maybe all that was stored; the bus may not have noticed. */
        void forgotten();
    }
}
