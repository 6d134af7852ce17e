package io.collabcluster.it;

import io.socket.client.AckWithTimeout;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * Somebody who posts one comment after the other with the official client, and each until it is acknowledged. The same
 * guest after every reconnection, so that a comment that is sent again is known.
 */
final class Author implements AutoCloseable {

    private final String name;
    private final String topic;
    private final Socket socket;
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean done;

    Author(ServerProcess server, String name, String topic) {
        this(server.port(), name, topic);
    }

    /** @param port of a node, or of what is in front of several */
    Author(int port, String name, String topic) {
        this.name = name;
        this.topic = topic;
        var options = IO.Options.builder()
                .setForceNew(true)
                .setTransports(new String[] {"websocket"})
                .setAuth(Map.of("name", name, "guestId", "the-author-that-is-" + name))
                .setReconnectionDelay(100)
                .setReconnectionDelayMax(500)
                .build();
        socket = IO.socket(URI.create("http://127.0.0.1:" + port + "/"), options);
        thread = Thread.ofVirtual().unstarted(this::write);
    }

    void begin() {
        socket.connect();
        thread.start();
    }

    /** Lets the comment that is on its way be acknowledged, and ends. */
    void finish() throws InterruptedException {
        done = true;
        if (!thread.join(ServerProcess.PATIENCE)) {
            throw new AssertionError(name + " has a comment that is never acknowledged");
        }
    }

    /** The topic's number of each acknowledged comment, by the author's own id of it. */
    Map<String, Long> acknowledged() {
        return acknowledged;
    }

    private void write() {
        for (int i = 1; !done; i++) {
            String clientId = name + "-" + i;
            boolean kept = false;
            while (!kept) {
                kept = post(clientId);
            }
        }
    }

    private boolean post(String clientId) {
        var answer = new CompletableFuture<JSONObject>();
        try {
            var comment = new JSONObject()
                    .put("topic", topic)
                    .put("text", "comment " + clientId)
                    .put("clientId", clientId);
            socket.emit("comment:post", new Object[] {comment}, new AckWithTimeout(2_000) {
                @Override
                public void onSuccess(Object... args) {
                    answer.complete((JSONObject) args[0]);
                }

                @Override
                public void onTimeout() {
                    answer.completeExceptionally(new TimeoutException());
                }
            });
            var acknowledgement = answer.get(30, TimeUnit.SECONDS);
            if (acknowledgement.getBoolean("ok")) {
                acknowledged.put(
                        clientId, acknowledgement.getJSONObject("comment").getLong("sequence"));
                return true;
            }
            // Refused while the server starts or stops: once more.
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (JSONException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        done = true;
        socket.close();
    }
}
