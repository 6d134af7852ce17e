package io.collabcluster.it;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Socket.IO client that costs little: it only looks whether the comments of one topic come in their order. */
final class CountingSocket {

    private static final String SEQUENCE = "\"sequence\":";

    private final String topic;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private volatile boolean live;
    private volatile long last;

    private CountingSocket(String topic) {
        this.topic = topic;
    }

    /** Connects on an event loop: from elsewhere the client may miss what the server says right after the handshake. */
    static CountingSocket open(Vertx vertx, WebSocketClient client, int port, String topic) {
        var counting = new CountingSocket(topic);
        vertx.runOnContext(_ -> {
            var socket = client.webSocket();
            socket.textMessageHandler(packet -> counting.received(socket, packet));
            socket.closeHandler(_ -> counting.closed(socket));
            socket.connect(port, "127.0.0.1", "/socket.io/?EIO=4&transport=websocket")
                    .onFailure(error -> counting.faults.add("not connected: " + error));
        });
        return counting;
    }

    /** The server's end of the connection only: the test has ended when the client closes. */
    private void closed(WebSocket socket) {
        if (socket.closeStatusCode() != null) {
            faults.add("closed: " + socket.closeStatusCode() + " " + socket.closeReason());
        }
    }

    private void received(WebSocket socket, String packet) {
        switch (packet.charAt(0)) {
            case '0' -> socket.writeTextMessage("40{\"name\":\"reader\"}");
            case '2' -> socket.writeTextMessage("3");
            case '4' -> message(socket, packet);
            default -> {}
        }
    }

    private void message(WebSocket socket, String packet) {
        switch (packet.charAt(1)) {
            case '0' -> {
                var subscription = new JsonObject().put("topic", topic).put("after", 0);
                socket.writeTextMessage("420[\"topic:subscribe\"," + subscription.encode() + "]");
            }
            case '2' -> comment(packet);
            case '3' -> live = packet.contains("\"ok\":true") && packet.contains("\"live\":true");
            default -> faults.add(packet);
        }
    }

    private void comment(String packet) {
        if (!packet.startsWith("42[\"comment:posted\"")) {
            return;
        }
        int start = packet.indexOf(SEQUENCE) + SEQUENCE.length();
        int end = start;
        while (Character.isDigit(packet.charAt(end))) {
            end++;
        }
        long sequence = Long.parseLong(packet, start, end, 10);
        if (sequence != last + 1) {
            faults.add("after " + last + " came " + sequence);
        }
        last = sequence;
    }

    boolean live() {
        return live;
    }

    /** The number of the comment that came last. */
    long last() {
        return last;
    }

    /** What should not have happened, in the order of happening. */
    List<String> faults() {
        return faults;
    }

    @Override
    public String toString() {
        return "live " + live + ", last " + last + ", " + faults;
    }
}
