package io.collabcluster.collab.presence;

import io.collabcluster.access.Identity;
import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.RequestObject;
import io.collabcluster.socketio.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Someone who is here: a person at one socket.
 *
 * @param state what he shows the others: JSON, as it came
 */
record Member(String id, String userId, String userName, String since, Optional<String> state) {

    static Member now(String id, Identity user, Optional<String> state) {
        return new Member(
                id,
                user.userId(),
                user.name(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                state);
    }

    /** As {@link #json} wrote it, here or on another node. Empty for anything else. */
    static Optional<Member> read(String json) {
        try {
            var object = RequestObject.parse(json, List.of("id", "user", "since", "state"));
            var user = RequestObject.parse(object.json("user").orElse("{}"), List.of("id", "name"));
            return Optional.of(new Member(
                    object.string("id"),
                    user.string("id"),
                    user.string("name"),
                    object.string("since"),
                    object.json("state")));
        } catch (CollabException e) {
            return Optional.empty();
        }
    }

    Member with(Optional<String> other) {
        return new Member(id, userId, userName, since, other);
    }

    /** What everybody is told, and what is shared between nodes. */
    String json() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", id);
        fields.put("user", Map.of("id", userId, "name", userName));
        fields.put("since", since);
        state.ifPresent(json -> fields.put("state", new Json(json)));
        return Json.of(fields).text();
    }

    /** An event about a member: its JSON is passed on as it is. */
    static Json told(String topic, String member) {
        return Json.of(Map.of("topic", topic, "member", new Json(member)));
    }
}
