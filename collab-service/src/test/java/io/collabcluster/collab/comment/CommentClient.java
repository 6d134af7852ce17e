package io.collabcluster.collab.comment;

import static org.awaitility.Awaitility.await;

import io.collabcluster.collab.TestNode;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.json.JSONException;
import org.json.JSONObject;

/** The official Java client, and what it has heard. */
public final class CommentClient implements AutoCloseable {

    public record Heard(String event, JSONObject body) {
        public long sequence() {
            return body.optLong("sequence");
        }
    }

    private final Socket socket;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<JSONObject> refused = new CompletableFuture<>();

    CommentClient(int port, Map<String, String> auth) {
        this(port, TestNode.PATH, auth);
    }

    private CommentClient(int port, String path, Map<String, String> auth) {
        IO.Options options = IO.Options.builder()
                .setPath(path)
                .setForceNew(true)
                .setTransports(new String[] {"websocket"})
                .setReconnection(false)
                .setAuth(auth)
                .build();
        socket = IO.socket(URI.create("http://localhost:" + port), options);
        for (String event : List.of(
                "comment:posted",
                "comment:edited",
                "comment:deleted",
                "presence:joined",
                "presence:updated",
                "presence:left",
                "presence:signal",
                "session:expiring",
                "session:expired")) {
            socket.on(event, args -> heard.add(new Heard(event, (JSONObject) args[0])));
        }
        socket.on(Socket.EVENT_CONNECT_ERROR, args -> {
            if (args[0] instanceof JSONObject error) {
                refused.complete(error);
            }
        });
        socket.connect();
    }

    public static CommentClient connected(int port, String token) {
        return connected(port, TestNode.PATH, token);
    }

    public static CommentClient connected(int port, String path, String token) {
        var client = new CommentClient(port, path, Map.of("token", token));
        await().until(client.socket::connected);
        return client;
    }

    public boolean isConnected() {
        return socket.connected();
    }

    JSONObject refusal() {
        return refused.orTimeout(10, TimeUnit.SECONDS).join();
    }

    public String id() {
        return socket.id();
    }

    public List<Heard> heard() {
        return heard;
    }

    public List<Long> sequences() {
        return heard.stream().map(Heard::sequence).toList();
    }

    /** The acknowledgement. */
    public JSONObject ask(String event, String request) {
        try {
            return send(event, new JSONObject(request))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        } catch (JSONException e) {
            throw new IllegalArgumentException(request, e);
        }
    }

    public CompletableFuture<JSONObject> send(String event, Object... request) {
        var answer = new CompletableFuture<JSONObject>();
        socket.emit(event, request, (Ack) args -> answer.complete((JSONObject) args[0]));
        return answer;
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
