package io.collabcluster.operator.scaling;

/** What a node said of itself, or why it said nothing. */
public sealed interface Reading {

    /**
     * A node's {@code /status}.
     *
     * @param state starting, running, paused, draining or stopped
     * @param reason why it isn't running; empty while it is
     */
    record Answered(String state, String reason, int connections, String version) implements Reading {}

    /** @param why in words */
    record Unreachable(String why) implements Reading {}
}
