package io.collabcluster.collab.presence;

import java.util.List;

/** What a client may ask over Socket.IO: the event, and all that its object may have. */
public enum PresenceRequest {
    JOIN("presence:join", "topic", "state", "token"),
    UPDATE("presence:update", "topic", "state"),
    LEAVE("presence:leave", "topic"),
    LIST("presence:list", "topic", "after", "limit"),
    SIGNAL(PresenceEvents.SIGNAL, "topic", "data");

    private final String event;
    private final List<String> fields;

    PresenceRequest(String event, String... fields) {
        this.event = event;
        this.fields = List.of(fields);
    }

    public String event() {
        return event;
    }

    public List<String> fields() {
        return fields;
    }
}
