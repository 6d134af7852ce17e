package io.collabcluster.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts comments to one topic over REST, one after the other, each until it is acknowledged. */
final class RestAuthor implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI uri;
    private final String topic;
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final FutureTask<Void> writing = new FutureTask<>(this::write, null);
    private volatile boolean done;

    /** @param port of a node, or of what is in front of several */
    RestAuthor(int port, String topic) {
        uri = URI.create("http://127.0.0.1:" + port + "/api/v1/topics/" + topic + "/comments");
        this.topic = topic;
    }

    void begin() {
        Thread.ofVirtual().start(writing);
    }

    /** Lets the comment that is on its way be acknowledged, and ends. */
    void finish() throws ExecutionException, InterruptedException, TimeoutException {
        done = true;
        writing.get(ServerProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Its own ids of the comments, in the order of the topic. */
    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    private void write() {
        for (int i = 1; !done; i++) {
            String clientId = topic + '-' + i;
            // Not faster than a quick typist: it is about what is lost, not about load.
            await("acknowledgement of " + clientId)
                    .pollDelay(Duration.ofMillis(20))
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(ServerProcess.PATIENCE)
                    .until(() -> post(clientId));
            acknowledged.add(clientId);
        }
    }

    /** @return whether it is kept; else it may be kept, and has to be sent again */
    private boolean post(String clientId) throws InterruptedException {
        var comment = new JsonObject().put("text", "comment " + clientId).put("clientId", clientId);
        var request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .header("X-Guest-Name", "Tess")
                .header("X-Guest-Id", "the-author-that-is-" + topic)
                .POST(HttpRequest.BodyPublishers.ofString(comment.encode(), UTF_8))
                .build();
        try {
            var answer = HTTP.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 502, 503, 504);
            return answer.statusCode() < 300;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        done = true;
    }
}
