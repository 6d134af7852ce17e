package io.collabcluster.socketio;

import io.collabcluster.engineio.CloseReason;

/** Why a socket was disconnected, with the texts of the reference server. */
public enum DisconnectReason {
    TRANSPORT_ERROR("transport error", true),
    TRANSPORT_CLOSE("transport close", true),
    FORCED_CLOSE("forced close", true),
    PING_TIMEOUT("ping timeout", true),
    PARSE_ERROR("parse error", false),
    SERVER_SHUTTING_DOWN("server shutting down", true),
    FORCED_SERVER_CLOSE("forced server close", true),
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect", false),
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect", false),
    /** Ours: see {@link CloseReason#SLOW_CONSUMER}. */
    SLOW_CONSUMER("slow consumer", true);

    private final String text;
    private final boolean recoverable;

    DisconnectReason(String text, boolean recoverable) {
        this.text = text;
        this.recoverable = recoverable;
    }

    static DisconnectReason of(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_ERROR -> TRANSPORT_ERROR;
            case TRANSPORT_CLOSE -> TRANSPORT_CLOSE;
            case FORCED_CLOSE -> FORCED_CLOSE;
            case PING_TIMEOUT -> PING_TIMEOUT;
            case PARSE_ERROR -> PARSE_ERROR;
            case SERVER_SHUTTING_DOWN -> SERVER_SHUTTING_DOWN;
            case FORCED_SERVER_CLOSE -> FORCED_SERVER_CLOSE;
            case SLOW_CONSUMER -> SLOW_CONSUMER;
        };
    }

    public String text() {
        return text;
    }

    /** Whether the client may come back for its rooms and what it missed. */
    public boolean recoverable() {
        return recoverable;
    }
}
