package io.collabcluster.it;

import static org.awaitility.Awaitility.await;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** Follows a topic by the official client over long polling alone; after each loss it gets what it has missed. */
final class PollingFollower implements AutoCloseable {

    private final String topic;
    /** Its own: the one that all share has five requests under way at most, and long polls soon take them all. */
    private final OkHttpClient http =
            new OkHttpClient.Builder().readTimeout(1, TimeUnit.MINUTES).build();

    private final Socket socket;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean live;

    private PollingFollower(int port, String query, String topic) {
        this.topic = topic;
        var options = IO.Options.builder()
                .setForceNew(true)
                .setTransports(new String[] {"polling"})
                .setQuery(query)
                .setAuth(Map.of("name", "polling"))
                .setReconnectionDelay(100)
                .setReconnectionDelayMax(500)
                .build();
        options.callFactory = http;
        socket = IO.socket(URI.create("http://127.0.0.1:" + port + "/"), options);
        socket.on(Socket.EVENT_CONNECT, _ -> {
            connections.incrementAndGet();
            subscribe();
        });
        socket.on(Socket.EVENT_DISCONNECT, _ -> live = false);
        socket.onAnyIncoming(event -> {
            if (event[0].toString().startsWith("comment:")) {
                take((JSONObject) event[1]);
            }
        });
    }

    /** Begins, and waits until it is subscribed. @param query what the balancer chooses a node by, {@code key=…} */
    static PollingFollower of(int port, String query, String topic) {
        var follower = new PollingFollower(port, query, topic);
        follower.socket.connect();
        await("the polling follower is subscribed")
                .atMost(ServerProcess.PATIENCE)
                .until(() -> follower.live);
        return follower;
    }

    private void subscribe() {
        try {
            var request = new JSONObject().put("topic", topic).put("after", told.size());
            socket.emit("topic:subscribe", request, (Ack) answer -> answered((JSONObject) answer[0]));
        } catch (JSONException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answered(JSONObject answer) {
        try {
            JSONArray changes = answer.getBoolean("ok") ? answer.getJSONArray("changes") : new JSONArray();
            for (int i = 0; i < changes.length(); i++) {
                take(changes.getJSONObject(i));
            }
            if (answer.optBoolean("live")) {
                live = true;
            } else {
                subscribe();
            }
        } catch (JSONException e) {
            faults.add(answer.toString());
        }
    }

    private void take(JSONObject change) {
        try {
            if (change.getLong("sequence") != told.size() + 1) {
                faults.add("after " + told.size() + " came " + change);
            }
            told.add(change.getJSONObject("comment").getString("clientId"));
        } catch (JSONException e) {
            faults.add(change.toString());
        }
    }

    /** The author's own ids of the comments that it was told of, in the order of the topic. */
    List<String> told() {
        return List.copyOf(told);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** How often it has connected. */
    int connections() {
        return connections.get();
    }

    @Override
    public String toString() {
        return "polling: " + (live ? "live" : "not live") + ", was told " + told.size() + ", " + connections
                + " connections, " + faults;
    }

    @Override
    public void close() {
        socket.close();
    }
}
