package io.collabcluster.status;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a node is doing: {@code starting → running ⇄ paused → draining → stopped}. */
public enum NodeState {
    /** Not everything is set up yet; no sessions. */
    STARTING,
    /** Serves. */
    RUNNING,
    /** A dependency is away: sessions stay, new ones and writes are refused; resumes by itself. */
    PAUSED,
    /** Asked to end: no new sessions, those that are open are moved on. */
    DRAINING,
    /** The end. */
    STOPPED;

    /** The name on {@code /status}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean mayBecome(NodeState next) {
        return successors().contains(next);
    }

    private Set<NodeState> successors() {
        return switch (this) {
            case STARTING -> EnumSet.of(RUNNING, PAUSED, DRAINING, STOPPED);
            case RUNNING -> EnumSet.of(PAUSED, DRAINING, STOPPED);
            case PAUSED -> EnumSet.of(RUNNING, DRAINING, STOPPED);
            case DRAINING -> EnumSet.of(STOPPED);
            case STOPPED -> EnumSet.noneOf(NodeState.class);
        };
    }
}
