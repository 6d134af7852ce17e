package io.collabcluster.bench.peer;

import java.util.List;
import java.util.Optional;

/**
 * A server that can be measured. On its namespace {@code /} every peer does the same, in the text of the Socket.IO
 * protocol, v5 over Engine.IO v4:
 *
 * <ul>
 *   <li>{@code 42N["join","ROOM"]} puts the socket into a room, and is acknowledged with {@code 43N[]};
 *   <li>{@code 42["publish","ROOM","DATA"]} sends {@code 42["message","DATA"]} to every socket of the room;
 *   <li>{@code 42N["message-with-ack","DATA"]} is acknowledged with {@code 43N["DATA"]};
 *   <li>every {@link StartOptions#pingInterval} a socket is sent {@code 2}, and answers {@code 3}.
 * </ul>
 */
public interface Peer {

    /** For the command line: lower case, with dashes. */
    String id();

    /** For the table. */
    String name();

    /** How many nodes it is made of; several share a Redis. */
    default int nodes() {
        return 1;
    }

    /** Whether it also speaks HTTP long polling. */
    boolean polling();

    /** Gets what it is made of, at the first call; says why it can't be had, and what would help. May take minutes. */
    Optional<String> absence();

    /**
     * Starts it; returns when it takes connections. Must not be called where it is absent.
     *
     * @throws PeerFailure with the last lines of its output, when it ended or took no connection within a minute
     */
    RunningPeer start(StartOptions options);

    /** Every peer that the bench knows, in the table's order, but for those of {@link #clusters}. */
    static List<Peer> all() {
        return Peers.all();
    }

    /** Our own nodes joined by a Redis, which only the scenarios of clusters measure. */
    static List<Peer> clusters() {
        return Peers.clusters();
    }
}
