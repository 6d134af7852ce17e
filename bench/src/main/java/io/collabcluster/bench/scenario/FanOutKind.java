package io.collabcluster.bench.scenario;

import io.collabcluster.bench.load.LoadGenerator.Transport;
import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.report.Case;
import java.util.Locale;

/** What sort of fan-out. */
enum FanOutKind {
    ONE_ROOM("fan-out to %2$,d sockets", Transport.WEBSOCKET, true),
    MANY_ROOMS("%,d rooms of %d", Transport.WEBSOCKET, false),
    LONG_POLLING("fan-out to %2$,d sockets on long polling", Transport.POLLING, false),
    /** One room, whose sockets are spread over nodes that are joined by a Redis; one of the nodes is published to. */
    CLUSTER("fan-out to %2$,d sockets on " + Scenarios.NODES + " nodes", Transport.WEBSOCKET, true);

    private final String title;
    private final Transport transport;
    private final boolean flood;

    FanOutKind(String title, Transport transport, boolean flood) {
        this.title = title;
        this.transport = transport;
        this.flood = flood;
    }

    /** @param members of each room */
    String title(int rooms, int members) {
        return String.format(Locale.ROOT, title, rooms, members);
    }

    Transport transport() {
        return transport;
    }

    /** Whether there are also as many messages as are taken. */
    boolean flood() {
        return flood;
    }

    boolean fits(Peer peer) {
        return switch (this) {
            case ONE_ROOM, MANY_ROOMS -> true;
            case LONG_POLLING -> peer.polling();
            case CLUSTER -> peer.nodes() == Scenarios.NODES;
        };
    }

    /** The id of the peer that the ratios refer to. */
    String reference() {
        return this == CLUSTER ? Case.NODE_CLUSTER : Case.NODE_SOCKETIO;
    }
}
