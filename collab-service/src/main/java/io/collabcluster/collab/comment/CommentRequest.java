package io.collabcluster.collab.comment;

import java.util.List;

/** What a client may ask over Socket.IO: the event, and all that its object may have. */
enum CommentRequest {
    SUBSCRIBE("topic:subscribe", "topic", "after"),
    UNSUBSCRIBE("topic:unsubscribe", "topic"),
    POST("comment:post", "topic", "text", "location", "embedded", "clientId"),
    EDIT("comment:edit", "topic", "id", "text", "location", "embedded"),
    DELETE("comment:delete", "topic", "id"),
    LIST("comment:list", "topic", "before", "limit"),
    RENEW("session:renew", "token");

    private final String event;
    private final List<String> fields;

    CommentRequest(String event, String... fields) {
        this.event = event;
        this.fields = List.of(fields);
    }

    String event() {
        return event;
    }

    List<String> fields() {
        return fields;
    }
}
