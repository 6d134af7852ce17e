package io.collabcluster.config;

import io.collabcluster.collab.CollabOptions;
import io.collabcluster.collab.PresenceOptions;
import io.collabcluster.engineio.EngineLimits;
import io.collabcluster.socketio.SocketIoOptions;
import java.util.List;

/** The keys below {@code limits}: what one client may take, and how much people may write. */
final class LimitKeys {

    private static final EngineLimits ENGINE = EngineLimits.DEFAULTS;
    private static final CollabOptions COLLAB = CollabOptions.DEFAULTS;
    private static final PresenceOptions PRESENCE = PresenceOptions.DEFAULTS;
    private static final Type<Long> BUFFER = new Type.Whole(1024, 1L << 30, "bytes");
    private static final Type<Long> COUNT = new Type.Whole(1, 10_000_000, "");

    static final Key<Boolean> LIMITS =
            Key.optional("limits", Keys.SECTION, "What one client may take, and how much people may write.");
    static final Key<Long> OUTBOUND = Key.of(
            "limits.outboundBytes",
            BUFFER,
            ENGINE.outboundBytes(),
            "Bytes that may wait for one connection; beyond, it is closed as a slow consumer.");
    static final Key<Long> INBOUND = Key.of(
            "limits.inboundBytes",
            BUFFER,
            ENGINE.inboundBytes(),
            "Bytes of one connection that may be in service; beyond, it isn't read from.");
    static final Key<Long> CONNECTIONS = Key.of(
            "limits.connectionsPerAddress",
            COUNT,
            (long) ENGINE.connectionsPerAddress(),
            "Sessions at once from one address; of IPv6, from one network of 64 bits.");
    static final Key<Long> HANDSHAKES = Key.of(
            "limits.handshakesPerSecond",
            COUNT,
            (long) ENGINE.handshakesPerSecond(),
            "New sessions per second from one address; of IPv6, from one network of 64 bits.");
    static final Key<Long> ATTACHMENTS = Key.of(
            "limits.attachments",
            new Type.Whole(0, 1000, ""),
            (long) SocketIoOptions.DEFAULTS.attachments(),
            "Binary attachments of one packet.");
    static final Key<Long> JOINS = Key.of(
            "limits.joinsPerSocket",
            COUNT,
            (long) SocketIoOptions.DEFAULTS.joinsPerSocket(),
            "Rooms that one socket may be in.");
    static final Key<Long> TEXT = Key.of("limits.textBytes", size(1), (long) COLLAB.textBytes(), "A comment's text.");
    static final Key<Long> LOCATION =
            Key.of("limits.locationBytes", size(0), (long) COLLAB.locationBytes(), "A comment's location.");
    static final Key<Long> EMBEDDED =
            Key.of("limits.embeddedBytes", size(0), (long) COLLAB.embeddedBytes(), "A comment's embedded object.");
    static final Key<Long> PAGE =
            Key.of("limits.pageSize", new Type.Whole(1, 10_000, ""), (long) COLLAB.pageSize(), "Entries of one page.");
    static final Key<Long> PRESENCE_STATE = Key.of(
            "limits.presenceStateBytes",
            new Type.Whole(0, 65_536, "bytes"),
            (long) PRESENCE.stateBytes(),
            "What a member of a topic shows the others, and what a signal carries.");
    static final Key<Long> PRESENCE_TOPICS = Key.of(
            "limits.presenceTopicsPerSocket",
            COUNT,
            (long) PRESENCE.topicsPerSocket(),
            "Topics that one socket may be a member of.");
    static final Key<Long> PRESENCE_MEMBERS = Key.of(
            "limits.presenceMembersPerTopic",
            new Type.Whole(1, 100_000, ""),
            (long) PRESENCE.membersPerTopic(),
            "Members of one topic.");
    static final Key<Long> PRESENCE_CHANGES = Key.of(
            "limits.presencePerSecond",
            new Type.Whole(1, 10_000, ""),
            (long) PRESENCE.changesPerSecond(),
            "Joins, updates and signals of one socket in a second.");

    static final List<Key<?>> ALL = List.of(
            LIMITS,
            OUTBOUND,
            INBOUND,
            CONNECTIONS,
            HANDSHAKES,
            ATTACHMENTS,
            JOINS,
            TEXT,
            LOCATION,
            EMBEDDED,
            PAGE,
            PRESENCE_STATE,
            PRESENCE_TOPICS,
            PRESENCE_MEMBERS,
            PRESENCE_CHANGES);

    private LimitKeys() {}

    private static Type<Long> size(long atLeast) {
        return new Type.Whole(atLeast, 1 << 24, "bytes");
    }
}
