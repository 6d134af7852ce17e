package io.collabcluster.operator.scaling;

import java.util.Optional;

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

    /**
     * A node that answered at the look before, and not at this one.
     *
     * @param why in words
     * @param last what it said then; empty when it wasn't asked before
     */
    record Missed(String why, Optional<Answered> last) implements Reading {}

    /** What the node says, as far as that is known. */
    default Optional<Answered> said() {
        return switch (this) {
            case Answered answered -> Optional.of(answered);
            case Missed missed -> missed.last();
            case Unreachable _ -> Optional.empty();
        };
    }
}
