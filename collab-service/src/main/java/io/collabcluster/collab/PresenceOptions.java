package io.collabcluster.collab;

import java.time.Duration;

/**
 * The bounds of who is here, and of what passes between them.
 *
 * @param stateBytes a member's state, and a signal's data, in bytes of UTF-8
 * @param topicsPerSocket that one socket may be a member of
 * @param membersPerTopic on all nodes
 * @param changesPerSecond joins, updates and signals of one socket
 * @param grace for which a member whose connection is lost stays
 */
public record PresenceOptions(
        int stateBytes, int topicsPerSocket, int membersPerTopic, int changesPerSecond, Duration grace) {

    public static final PresenceOptions DEFAULTS = new PresenceOptions(4_096, 50, 1_000, 50, Duration.ofSeconds(10));
}
