package io.collabcluster.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A server with a Postgres of its own; every test finds it running, and leaves it so. */
class StandaloneIT {

    /** Seconds. */
    private static final int DRAIN_WINDOW = 10;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.of(new JsonObject()
                        .put(
                                "socketio",
                                new JsonObject().put("pingInterval", 500).put("pingTimeout", 10_000))
                        .put("drain", new JsonObject().put("window", DRAIN_WINDOW)))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void startAgainAfterATestThatFailed() {
        if (!server.alive()) {
            server.start();
        }
    }

    /** Also as an executable, which Quarkus keeps from it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void connectionsAreServedByEpoll() throws Exception {
        assertThat(Files.readString(Path.of("/proc/" + server.pid() + "/maps"), ISO_8859_1))
                .contains("netty_transport_native_epoll");
    }

    @Test
    void aRunningServerShowsItselfAndIsHealthy() throws Exception {
        try (var client = RawClient.connect(server, "Ann")) {
            assertThat(client.post("shown", "hello", "s1").getBoolean("ok")).isTrue();
            assertThat(server.get("/api/v1/topics/shown/comments").statusCode()).isEqualTo(200);

            var status = server.status();
            assertThat(status.fieldNames())
                    .containsExactly("version", "enableTls", "scaling", "logging", "state", "main");
            assertThat(status.getString("state")).isEqualTo("running");
            var main = status.getJsonObject("main");
            assertThat(main.fieldNames())
                    .containsExactly("cpu", "memory", "connections", "messages", "restCalls", "up_since", "pid");
            assertThat(main.getLong("pid")).isEqualTo(server.pid());
            assertThat(main.getJsonObject("memory").getLong("current")).isGreaterThan(20_000_000);
            assertThat(main.getJsonObject("connections").getInteger("current")).isPositive();
            assertThat(main.getJsonObject("messages").getInteger("processed")).isPositive();
            assertThat(main.getJsonObject("restCalls").getInteger("received")).isPositive();

            assertThat(server.get("/status/live").statusCode()).isEqualTo(200);
            var cluster = new JsonObject(server.get("/status?scope=cluster").body());
            assertThat(cluster.getJsonArray("nodes")).hasSize(1);
            for (String path : List.of("/q/health", "/q/health/live", "/q/health/ready")) {
                assertThat(new JsonObject(server.get(path).body()).getString("status"))
                        .as(path)
                        .isEqualTo("UP");
            }
            assertThat(server.get("/q/metrics").body())
                    .contains("collab_connections{transport=\"websocket\"")
                    .contains("collab_messages_total{direction=\"in\"")
                    .contains("collab_bytes_total{direction=\"out\"")
                    .contains("collab_rooms")
                    .contains("collab_disconnects_total{reason=\"ping_timeout\"")
                    .contains("collab_event_loop_lag_seconds{loop=\"0\"")
                    .contains("collab_postgres_pool_connections{state=\"idle\"");
        }
    }

    @Test
    void everyAcknowledgedCommentSurvivesKill9() throws Exception {
        var authors = Stream.of("ann", "bob", "cem", "dee")
                .map(name -> new Author(server, name, "killed"))
                .toList();
        authors.forEach(Author::begin);
        await().atMost(ServerProcess.PATIENCE).until(() -> acknowledged(authors) >= 200);

        server.kill9();
        int before = acknowledged(authors);
        server.start();

        await().atMost(ServerProcess.PATIENCE).until(() -> acknowledged(authors) >= before + 100);
        for (Author author : authors) {
            author.finish();
            author.close();
        }
        Map<String, Long> kept = new HashMap<>();
        for (JsonObject change : Comments.changes(server, "killed")) {
            var clientId = change.getJsonObject("comment").getString("clientId");
            assertThat(kept.put(clientId, change.getLong("sequence")))
                    .as("%s is there once", clientId)
                    .isNull();
        }
        Map<String, Long> promised = new HashMap<>();
        authors.forEach(author -> promised.putAll(author.acknowledged()));
        assertThat(kept).isEqualTo(promised);
    }

    private static int acknowledged(List<Author> authors) {
        return authors.stream().mapToInt(author -> author.acknowledged().size()).sum();
    }

    @Test
    void aCommentIsStillThereAfterARestart() {
        var posted = server.post(
                "/api/v1/topics/restarted/comments",
                new JsonObject().put("text", "still here?").put("clientId", "r1"));
        assertThat(posted.statusCode()).as(posted.body()).isBetween(200, 201);

        server.terminate();
        assertThat(server.exitCode()).isEqualTo(143);
        server.start();

        var comments =
                new JsonObject(server.get("/api/v1/topics/restarted/comments").body()).getJsonArray("comments");
        assertThat(comments).hasSize(1);
        assertThat(comments.getJsonObject(0).getString("text")).isEqualTo("still here?");
    }

    @Test
    void sigtermMovesTheSocketsOnOverTheWindow() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clients.add(RawClient.connect(server, "user" + i));
        }
        server.terminate();
        assertThat(clients.getFirst().awaitEvent("server:draining").getInteger("window"))
                .isEqualTo(DRAIN_WINDOW);
        var lastWords = lastWords(clients);

        assertThat(server.status().getString("state")).isEqualTo("draining");
        assertThat(server.get("/status/ready").statusCode()).isEqualTo(503);
        assertThat(server.get("/status/live").statusCode()).isEqualTo(200);
        assertThat(server.get("/q/health/ready").statusCode()).isEqualTo(503);
        assertThat(server.get("/socket.io/?EIO=4&transport=polling").statusCode())
                .isEqualTo(503);
        assertThat(server.get("/api/v1/topics/drained/comments").statusCode()).isEqualTo(200);

        long first = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        for (RawClient client : clients) {
            first = Math.min(first, client.closedAt());
            latest = Math.max(latest, client.closedAt());
        }
        assertThat((latest - first) / 1_000_000)
                .as("milliseconds from the first to the last")
                .isGreaterThan(5_000);
        assertThat(clients).allSatisfy(client -> assertThat(client.events("server:draining"))
                .hasSize(1));
        var acknowledged = lastWords.stream()
                .map(word -> word.handle((answer, unanswered) -> Optional.ofNullable(answer))
                        .join())
                .flatMap(Optional::stream)
                .toList();
        assertThat(acknowledged).as("posts of those whose turn had not come").isNotEmpty();
        assertThat(acknowledged)
                .allSatisfy(word -> assertThat(word.getBoolean("ok")).isTrue());
        assertThat(server.exitCode()).isEqualTo(143);
        server.start();
        assertThat(Comments.changes(server, "drained")).hasSizeGreaterThanOrEqualTo(acknowledged.size());
    }

    private static List<CompletableFuture<JsonObject>> lastWords(List<RawClient> clients) {
        return clients.stream()
                .map(client -> client.send(
                        "comment:post",
                        new JsonObject()
                                .put("topic", "drained")
                                .put("text", "a last word")
                                .put("clientId", "d1")))
                .toList();
    }

    @Test
    void clientsThatBreakOffLeaveNoSessionBehind() throws Exception {
        awaitConnections(0);
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(RawClient.connect(server, "user" + i));
        }
        var handshakes = IntStream.range(0, 5)
                .mapToObj(_ -> server.get("/socket.io/?EIO=4&transport=polling").statusCode())
                .toList();
        assertThat(handshakes).containsOnly(200);
        awaitConnections(25);

        clients.forEach(RawClient::abort);

        awaitConnections(0);
    }

    private static void awaitConnections(int current) {
        server.awaitStatus(status ->
                status.getJsonObject("main").getJsonObject("connections").getInteger("current") == current);
    }

    @Test
    void aSecondServerOnTheSameDataFolderSaysSo() {
        try (var second = ServerProcess.of(
                new JsonObject().put("dataFolder", server.dataFolder().toString()))) {
            second.launch();
            assertThat(second.exitCode()).isNotZero();
            assertThat(second.output()).contains(server.dataFolder().toString());
            assertReadable(second.output());
        }
        assertThat(server.status().getString("state")).isEqualTo("running");
    }

    @Test
    void aPortInUseIsSaid() {
        var config = new JsonObject().put("port", server.port()).put("diagnostics", new JsonObject().put("echo", true));
        try (var second = ServerProcess.of(config)) {
            second.launch();
            assertThat(second.exitCode()).isNotZero();
            assertThat(second.output())
                    .contains(Integer.toString(server.port()))
                    .containsIgnoringCase("in use");
            assertReadable(second.output());
        }
    }

    /** No stack trace. */
    static void assertReadable(String output) {
        assertThat(output.lines().filter(line -> line.startsWith("\tat ")))
                .as(output)
                .isEmpty();
        assertThat(output).doesNotContain("Exception in thread");
    }
}
