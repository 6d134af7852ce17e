package io.collabcluster.cluster.roster;

/**
 * A member of a group.
 *
 * @param node whose it is
 * @param version higher than any that its node had seen in the group; of two entries for a member the higher one is right
 */
record Entry(String node, long version, String value) {

    boolean supersedes(Entry other) {
        return version > other.version || version == other.version && node.compareTo(other.node) > 0;
    }
}
