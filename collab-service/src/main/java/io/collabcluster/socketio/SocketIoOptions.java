package io.collabcluster.socketio;

import java.time.Duration;
import java.util.Optional;

/**
 * The options of a Socket.IO server above its engine, with the names and defaults of the reference server.
 *
 * @param connectTimeout how long a session may stay without having joined a namespace
 * @param serveClient whether the official client's files are served below the path
 * @param attachments most binary attachments of one packet (CVE-2026-33151)
 * @param joinsPerSocket most rooms that one socket may be in, its own included
 * @param connectionStateRecovery how long a lost socket may come back with its rooms; empty: off
 */
public record SocketIoOptions(
        Duration connectTimeout,
        boolean serveClient,
        boolean cleanupEmptyChildNamespaces,
        int attachments,
        int joinsPerSocket,
        Optional<Recovery> connectionStateRecovery) {

    public static final SocketIoOptions DEFAULTS =
            new SocketIoOptions(Duration.ofSeconds(45), true, false, 10, 1_000, Optional.empty());

    public record Recovery(Duration maxDisconnectionDuration, boolean skipMiddlewares) {
        public static final Recovery DEFAULTS = new Recovery(Duration.ofMinutes(2), true);
    }
}
