package io.collabcluster.collab.presence;

import io.collabcluster.socketio.Json;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Members of a topic by their ids, as they were at one moment.
 *
 * @param members the JSON of each
 * @param count of all, beyond the page too
 * @param more whether there are others behind the last
 */
record MemberPage(String topic, List<Json> members, int count, boolean more) {

    /** @param after the id that the page starts behind; empty for the first */
    static MemberPage of(String topic, NavigableMap<String, String> all, String after, int limit) {
        var rest = all.tailMap(after, false);
        return new MemberPage(
                topic, rest.values().stream().limit(limit).map(Json::new).toList(), all.size(), rest.size() > limit);
    }

    void addTo(Map<String, Object> answer) {
        answer.put("topic", topic);
        answer.put("members", members);
        answer.put("count", count);
        answer.put("more", more);
    }
}
