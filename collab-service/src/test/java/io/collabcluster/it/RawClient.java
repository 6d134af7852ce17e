package io.collabcluster.it;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Socket.IO over a bare WebSocket, on {@code /}: shows the heartbeats, never reconnects, and can break off. */
final class RawClient implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final JsonObject auth;
    private final StringBuilder frame = new StringBuilder();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Long> closed = new CompletableFuture<>();
    private final Map<Integer, CompletableFuture<JsonObject>> acknowledgements = new ConcurrentHashMap<>();
    private final List<JsonArray> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicInteger ids = new AtomicInteger();
    private WebSocket socket;
    private volatile TextSender sender;

    private RawClient(JsonObject auth) {
        this.auth = auth;
    }

    static RawClient connect(ServerProcess server, String name) throws Exception {
        return connect(server, new JsonObject().put("name", name));
    }

    /** @param guestId by which a guest comes back as the same */
    static RawClient connect(ServerProcess server, String name, String guestId) throws Exception {
        return connect(server, new JsonObject().put("name", name).put("guestId", guestId));
    }

    private static RawClient connect(ServerProcess server, JsonObject auth) throws Exception {
        var client = new RawClient(auth);
        var uri = URI.create("ws://127.0.0.1:" + server.port() + "/socket.io/?EIO=4&transport=websocket");
        client.socket = HTTP.newWebSocketBuilder().buildAsync(uri, client).get(30, TimeUnit.SECONDS);
        client.connected.get(30, TimeUnit.SECONDS);
        return client;
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        sender = new TextSender(webSocket);
        webSocket.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        frame.append(data);
        if (last) {
            var packet = frame.toString();
            frame.setLength(0);
            received(packet);
        }
        webSocket.request(1);
        return null;
    }

    private void received(String packet) {
        switch (packet.charAt(0)) {
            case '0' -> sender.send("40" + auth.encode());
            case '2' -> {
                pings.incrementAndGet();
                sender.send("3");
            }
            case '4' -> message(packet.substring(1));
            default -> {}
        }
    }

    private void message(String packet) {
        int bracket = packet.indexOf('[');
        switch (packet.charAt(0)) {
            case '0' -> connected.complete(null);
            case '2' -> events.add(new JsonArray(packet.substring(bracket)));
            case '3' ->
                acknowledgements
                        .remove(Integer.valueOf(packet.substring(1, bracket)))
                        .complete(new JsonArray(packet.substring(bracket)).getJsonObject(0));
            case '4' -> connected.completeExceptionally(new IllegalStateException(packet));
            default -> {}
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        ended();
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        ended();
    }

    private void ended() {
        closed.complete(System.nanoTime());
        var error = new IOException("the connection has ended");
        connected.completeExceptionally(error);
        acknowledgements.values().forEach(acknowledgement -> acknowledgement.completeExceptionally(error));
    }

    /** Sends an event; completes with its acknowledgement, and fails when the connection ends before. */
    CompletableFuture<JsonObject> send(String event, JsonObject argument) {
        int id = ids.incrementAndGet();
        var acknowledgement = new CompletableFuture<JsonObject>();
        acknowledgements.put(id, acknowledgement);
        var packet = "42" + id + new JsonArray().add(event).add(argument).encode();
        sender.send(packet).exceptionally(error -> {
            acknowledgement.completeExceptionally(error);
            return null;
        });
        if (!isOpen()) {
            acknowledgement.completeExceptionally(new IOException("the connection has ended"));
        }
        return acknowledgement;
    }

    /** Sends an event and waits for its acknowledgement. */
    JsonObject ask(String event, JsonObject argument) throws Exception {
        return send(event, argument).get(30, TimeUnit.SECONDS);
    }

    JsonObject post(String topic, String text, String clientId) throws Exception {
        return ask(
                "comment:post",
                new JsonObject().put("topic", topic).put("text", text).put("clientId", clientId));
    }

    /** Waits for the first event of this name, and gives its argument. */
    JsonObject awaitEvent(String event) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> events(event), list -> !list.isEmpty())
                .getFirst();
    }

    /** The arguments of the events of this name, in the order of their coming. */
    List<JsonObject> events(String event) {
        return events.stream()
                .filter(array -> event.equals(array.getString(0)))
                .map(array -> array.getJsonObject(1))
                .toList();
    }

    int pings() {
        return pings.get();
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    /** When the server closed, in {@link System#nanoTime}. */
    long closedAt() throws Exception {
        return closed.get(60, TimeUnit.SECONDS);
    }

    /** Breaks the connection off without a word, as the kernel does for a client that was killed. */
    void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        abort();
    }
}
