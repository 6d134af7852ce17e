package io.collabcluster.it;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Follows a topic over a bare WebSocket. After each loss it comes back and asks for what is behind the last number that it
 * has; it notes every number that is not the next.
 */
final class Follower implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Executor SOON = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final URI uri;
    private final String name;
    private final String topic;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean live;
    private volatile boolean closed;
    private volatile WebSocket socket;

    private Follower(int port, String name, String topic) {
        uri = URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket");
        this.name = name;
        this.topic = topic;
    }

    /** Begins, and waits until it is subscribed. */
    static Follower of(int port, String name, String topic) {
        var follower = new Follower(port, name, topic);
        follower.connect();
        follower.awaitLive();
        return follower;
    }

    private void connect() {
        if (!closed) {
            var visit = new Visit();
            HTTP.newWebSocketBuilder().buildAsync(uri, visit).whenComplete((made, error) -> {
                if (error != null) {
                    visit.ended();
                }
            });
        }
    }

    void awaitLive() {
        await(name + " is subscribed").atMost(ServerProcess.PATIENCE).until(() -> live);
    }

    /** The author's own ids of the comments that it was told of, in the order of the topic. */
    List<String> told() {
        return List.copyOf(told);
    }

    /** What should not have happened, in the order of happening. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** How often it has connected. */
    int connections() {
        return connections.get();
    }

    boolean live() {
        return live;
    }

    @Override
    public void close() {
        closed = true;
        if (socket != null) {
            socket.abort();
        }
    }

    @Override
    public String toString() {
        return name + " at " + uri.getPort() + ": " + (live ? "live" : "not live") + ", was told " + told.size() + ", "
                + connections + " connections, " + faults;
    }

    /** One connection. */
    private final class Visit implements WebSocket.Listener {

        private final StringBuilder frame = new StringBuilder();
        private final AtomicBoolean over = new AtomicBoolean();
        private TextSender sender;

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            sender = new TextSender(opened);
            connections.incrementAndGet();
            opened.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                var packet = frame.toString();
                frame.setLength(0);
                received(from, packet);
            }
            from.request(1);
            return null;
        }

        private void received(WebSocket from, String packet) {
            switch (packet.charAt(0)) {
                case '0' ->
                    sender.send("40" + new JsonObject().put("name", name).encode());
                case '2' -> sender.send("3");
                case '4' -> message(from, packet);
                default -> leave(from);
            }
        }

        private void message(WebSocket from, String packet) {
            switch (packet.charAt(1)) {
                case '0' -> subscribe();
                case '2' -> event(new JsonArray(packet.substring(packet.indexOf('['))));
                case '3' -> answer(new JsonArray(packet.substring(packet.indexOf('['))).getJsonObject(0));
                default -> leave(from);
            }
        }

        private void subscribe() {
            var request = new JsonObject().put("topic", topic).put("after", told.size());
            sender.send(
                    "420" + new JsonArray().add("topic:subscribe").add(request).encode());
        }

        private void answer(JsonObject answer) {
            if (!answer.getBoolean("ok")) {
                SOON.execute(this::subscribe);
                return;
            }
            answer.getJsonArray("changes").forEach(change -> take((JsonObject) change));
            if (answer.getBoolean("live")) {
                live = true;
            } else {
                subscribe();
            }
        }

        private void event(JsonArray event) {
            if (event.getString(0).startsWith("comment:")) {
                take(event.getJsonObject(1));
            }
        }

        private void take(JsonObject change) {
            if (change.getLong("sequence") != told.size() + 1) {
                faults.add("after " + told.size() + " came " + change);
            }
            told.add(change.getJsonObject("comment").getString("clientId"));
        }

        /** The server has said that it is over. */
        private void leave(WebSocket from) {
            from.abort();
            ended();
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            ended();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended();
        }

        private void ended() {
            if (over.compareAndSet(false, true)) {
                live = false;
                SOON.execute(Follower.this::connect);
            }
        }
    }
}
