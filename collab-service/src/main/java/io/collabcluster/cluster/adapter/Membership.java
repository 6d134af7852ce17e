package io.collabcluster.cluster.adapter;

import java.util.Optional;
import java.util.Set;

/** What the nodes of this software are called, so that those that do not answer can be named. Any thread. */
public interface Membership {

    /** Nobody has a name. */
    Membership UNNAMED = new Membership() {
        @Override
        public Optional<String> self() {
            return Optional.empty();
        }

        @Override
        public Set<String> nodes() {
            return Set.of();
        }
    };

    /** What this node's answers are signed with; empty: nothing. */
    Optional<String> self();

    /** All that are thought to be there now. Whether this node is among them does not matter. */
    Set<String> nodes();
}
