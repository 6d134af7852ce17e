package io.collabcluster.engineio;

import java.util.function.Supplier;

/**
 * The node that an engine is part of.
 *
 * @param id asked for each new session, on any thread; it has to be known before the first one is admitted
 */
public record EngineNode(Supplier<NodeId> id, Strays strays, Relays relays) {

    /** A node without others. */
    public static EngineNode alone() {
        NodeId id = NodeId.random();
        return new EngineNode(() -> id, Strays.NONE, Relays.NONE);
    }
}
