package io.collabcluster.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.engineio.Admission;
import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.EngineMetrics;
import io.collabcluster.engineio.EngineOptions;
import io.collabcluster.engineio.EngineServer;
import io.collabcluster.engineio.Session;
import io.collabcluster.engineio.SessionListener;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorRoutesTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String TOKEN = "a token of at least 32 characters";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final NodeStatus status = new NodeStatus();
    private final AtomicBoolean crowded = new AtomicBoolean();
    private final List<Session> told = new CopyOnWriteArrayList<>();
    private final List<CloseReason> closed = new CopyOnWriteArrayList<>();
    private EngineServer engine;
    private HttpServer server;

    @AfterEach
    void close() {
        client.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void withoutATokenNobodyMayAndTheAnswerNamesTheKey() {
        start(Optional.empty(), Duration.ofSeconds(1));
        var answer = post("/admin/drain", "", TOKEN);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("operator.token");
        assertThat(status.state()).isEqualTo(NodeState.RUNNING);
    }

    @Test
    void anotherTokenIsRefused() {
        start(Optional.of(TOKEN), Duration.ofSeconds(1));
        for (String token : List.of("", "x", TOKEN + "x")) {
            var answer = post("/admin/shed", "{\"connections\":1}", token);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
        assertThat(post("/admin/drain", "", "").statusCode()).isEqualTo(401);
        assertThat(status.state()).isEqualTo(NodeState.RUNNING);
    }

    @Test
    void drainClosesEverybodyAndAdmitsNobodyAndTheProcessStays() {
        start(Optional.of(TOKEN), Duration.ofSeconds(1));
        open(3);
        var answer = post("/admin/drain", "", TOKEN);
        assertThat(answer.statusCode()).isEqualTo(202);
        var json = new JsonObject(answer.body());
        assertThat(json.getString("state")).isEqualTo("draining");
        assertThat(json.getInteger("sessions")).isEqualTo(3);
        assertThat(json.getInteger("window")).isEqualTo(1);
        await().atMost(SOON).until(() -> closed.size() == 3);
        assertThat(handshake().statusCode()).isEqualTo(503);
        assertThat(post("/admin/drain", "", TOKEN).statusCode()).isEqualTo(202);
        assertThat(post("/admin/shed", "{\"share\":1}", TOKEN).statusCode()).isEqualTo(409);
        assertThat(status.state()).isEqualTo(NodeState.DRAINING);
    }

    @Test
    void aShareIsToldAndClosedAndTheRestStays() {
        start(Optional.of(TOKEN), Duration.ofSeconds(1));
        open(10);
        var answer = post("/admin/shed", "{\"share\":0.3}", TOKEN);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(new JsonObject(answer.body()).getInteger("closing")).isEqualTo(3);
        await().atMost(SOON).until(() -> closed.size() == 3);
        assertThat(told).hasSize(3).doesNotHaveDuplicates();
        assertThat(closed).containsOnly(CloseReason.SERVER_SHUTTING_DOWN);
        assertThat(engine.sessions()).isEqualTo(7);
        assertThat(status.state()).isEqualTo(NodeState.RUNNING);
        await().atMost(SOON)
                .until(() -> post("/admin/shed", "{\"connections\":2}", TOKEN).statusCode() == 202);
        await().atMost(SOON).until(() -> engine.sessions() == 5);
    }

    @Test
    void whileTheWindowLastsACrowdedNodeAdmitsNobody() {
        start(Optional.of(TOKEN), Duration.ofSeconds(3));
        open(4);
        crowded.set(true);
        assertThat(handshake().statusCode()).isEqualTo(200);
        assertThat(post("/admin/shed", "{\"connections\":1}", TOKEN).statusCode())
                .isEqualTo(202);
        var refused = handshake();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 3L);
        assertThat(refused.body()).contains("more than its share");
        crowded.set(false);
        assertThat(handshake().statusCode()).isEqualTo(200);
        crowded.set(true);
        assertThat(post("/admin/shed", "{\"connections\":1}", TOKEN).statusCode())
                .isEqualTo(409);
        await().atMost(SOON).until(() -> handshake().statusCode() == 200);
    }

    @Test
    void whatIsNoShareAndNoNumberIsRefusedWithWhatWouldBeRight() {
        start(Optional.of(TOKEN), Duration.ofSeconds(1));
        open(1);
        for (String body : List.of(
                "",
                "x",
                "[]",
                "{}",
                "{\"share\":0}",
                "{\"share\":1.5}",
                "{\"share\":\"0.2\"}",
                "{\"connections\":0}",
                "{\"connections\":1.5}",
                "{\"connections\":99999999999}",
                "{\"share\":0.2,\"connections\":1}")) {
            var answer = post("/admin/shed", body, TOKEN);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).contains("share", "connections");
        }
        assertThat(closed).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeEndsTheConnection() {
        start(Optional.of(TOKEN), Duration.ofSeconds(1));
        var answer = send(request("/admin/shed")
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofString("x".repeat(2_000))));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Connection")).contains("close");
    }

    @Test
    void aPausedNodeShedsNobody() {
        start(Optional.of(TOKEN), Duration.ofSeconds(1));
        open(2);
        status.away(Set.of(Dependency.DB_SERVICE));
        var answer = post("/admin/shed", "{\"share\":1}", TOKEN);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("paused", "unavailable: DB Service");
        status.away(Set.of());
        assertThat(post("/admin/shed", "{\"share\":1}", TOKEN).statusCode()).isEqualTo(202);
    }

    @Test
    void thoseWhoAreChosenAreAnyAndAsManyAsAskedFor() {
        var seen = new java.util.BitSet();
        for (int i = 0; i < 500; i++) {
            var chosen = Shed.choose(3, 10);
            assertThat(chosen.cardinality()).isEqualTo(3);
            assertThat(chosen.length()).isLessThanOrEqualTo(10);
            seen.or(chosen);
        }
        assertThat(seen.cardinality()).isEqualTo(10);
        assertThat(Shed.choose(10, 10).cardinality()).isEqualTo(10);
        assertThat(Shed.choose(5, 0).cardinality()).isZero();
    }

    private void start(Optional<String> token, Duration window) {
        status.started();
        var clients = new Drain.Clients() {
            @Override
            public int open() {
                return engine.sessions();
            }

            @Override
            public void forEach(Consumer<Session> consumer) {
                engine.forEach(consumer);
            }

            @Override
            public void close(CloseReason reason) {
                engine.close(reason);
            }
        };
        var shed = new Shed(clients, crowded::get, (session, _) -> told.add(session), window);
        Admission admission = handshake -> status.refuse(handshake).or(() -> shed.refuse(handshake));
        engine = new EngineServer(EngineOptions.DEFAULTS, admission, EngineMetrics.NONE, _ -> new Listener());
        var drain = new Drain(vertx, status, clients, () -> 0, () -> 0, _ -> {}, window);
        var router = Router.router(vertx);
        router.route().order(-5_000).handler(rc -> {
            rc.request().pause();
            rc.next();
        });
        new OperatorRoutes(token, status, drain, shed).route(router);
        engine.route(router);
        server = vertx.createHttpServer().requestHandler(router);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    private final class Listener implements SessionListener {
        @Override
        public void text(String message) {}

        @Override
        public void binary(byte[] message) {}

        @Override
        public void closed(CloseReason reason) {
            closed.add(reason);
        }
    }

    private void open(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(handshake().statusCode()).isEqualTo(200);
        }
        await().atMost(SOON).until(() -> engine.sessions() >= count);
    }

    private HttpResponse<String> handshake() {
        return send(request("/socket.io/?EIO=4&transport=polling"));
    }

    private HttpResponse<String> post(String path, String body, String token) {
        return send(request(path).header("Authorization", "Bearer " + token).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                .timeout(SOON);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }
}
