package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** What a topic holds, read over REST. */
final class Comments {

    private Comments() {}

    /** Every change of the topic, page by page, after it is certain that their numbers have no gap and no duplicate. */
    static List<JsonObject> changes(ServerProcess server, String topic) {
        var changes = new ArrayList<JsonObject>();
        while (true) {
            var answer = server.get("/api/v1/topics/" + topic + "/changes?after=" + changes.size());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            var page = new JsonObject(answer.body()).getJsonArray("changes");
            if (page.isEmpty()) {
                break;
            }
            page.forEach(change -> changes.add((JsonObject) change));
        }
        assertThat(changes.stream().map(change -> change.getLong("sequence")))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, changes.size()).boxed().toList());
        return changes;
    }
}
