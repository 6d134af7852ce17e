package io.collabcluster.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.engineio.TransportName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusRoutesTest {

    private final Vertx vertx = Vertx.vertx();
    private final NodeStatus status = new NodeStatus();
    private final ServerMetrics metrics = new ServerMetrics(new SimpleMeterRegistry(), ServerMetrics.Gauges.NONE);
    private final RestCalls restCalls = new RestCalls(metrics);
    private final AtomicReference<Duration> stuck = new AtomicReference<>(Duration.ZERO);
    private final NodeHealth health = new NodeHealth(status, stuck::get);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void open() throws Exception {
        var facts = new NodeFacts("11.0.0.720", false, "horizontal", true);
        var report = new StatusReport(
                facts, status, metrics, new ProcessUsage(vertx), Instant.parse("2018-04-18T02:12:42.9Z"));
        var router = Router.router(vertx);
        restCalls.route(router);
        new StatusRoutes(report, health).route(router);
        router.get("/api/v1/slow").handler(rc -> {});
        router.get("/api/v1/fast").handler(rc -> rc.end("done"));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void statusHasThePublishedKeysInTheirOrderWithTheirTypes() throws Exception {
        status.started();
        status.away(Set.of(Dependency.REDIS_SERVER, Dependency.DB_SERVICE));
        for (int i = 0; i < 12; i++) {
            metrics.opened(TransportName.WEBSOCKET);
        }
        metrics.received(10);

        var answer = get("/status");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.body())
                .matches(
                        "\\{\"version\":\"11.0.0.720\",\"enableTls\":false,\"scaling\":\"horizontal\",\"logging\":true,"
                                + "\"state\":\"paused\",\"reason\":\"The following dependent services are unavailable: DB Service,"
                                + " Redis Server\",\"main\":\\{\"cpu\":\\{\"current\":\\d+,\"max\":\\d+},"
                                + "\"memory\":\\{\"current\":\\d+,\"max\":\\d+},"
                                + "\"connections\":\\{\"total\":12,\"current\":12,\"max\":12},\"messages\":\\{\"processed\":1},"
                                + "\"restCalls\":\\{\"received\":0},\"up_since\":\"2018-4-18 02:12:42\",\"pid\":"
                                + ProcessHandle.current().pid() + "}}");
    }

    @Test
    void aRunningNodeHasNoReasonAndIsLiveAndReady() throws Exception {
        status.started();
        for (String path : List.of("/status", "/status/live", "/status/ready")) {
            var answer = get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(new JsonObject(answer.body()).getString("state")).isEqualTo("running");
            assertThat(new JsonObject(answer.body()).containsKey("reason")).isFalse();
        }
    }

    @Test
    void statusIs200InEveryStateAndTheProbesTellThemApart() throws Exception {
        assertProbes("starting", 200, 503);
        status.started();
        assertProbes("running", 200, 200);
        status.away(Set.of(Dependency.DB_SERVICE));
        assertProbes("paused", 200, 200);
        status.draining();
        assertProbes("draining", 200, 503);
        status.stopped();
        assertProbes("stopped", 503, 503);
    }

    /** Else a pause of all would take every node away from its clients. */
    @Test
    void aPauseEndsReadinessOnlyOfANodeThatHasNeverRun() throws Exception {
        status.away(Set.of(Dependency.REDIS_SERVER));
        assertProbes("starting", 200, 503);
        status.started();
        assertProbes("paused", 200, 503);
        status.away(Set.of());
        assertProbes("running", 200, 200);
        status.away(Set.of(Dependency.REDIS_SERVER));
        assertProbes("paused", 200, 200);
        assertThat(new JsonObject(get("/status/ready").body()).getString("reason"))
                .isEqualTo("The following dependent services are unavailable: Redis Server");
        status.draining();
        status.away(Set.of());
        assertProbes("draining", 200, 503);
    }

    @Test
    void anEventLoopThatIsStuckForLongEndsLiveness() throws Exception {
        status.started();
        stuck.set(NodeHealth.STUCK.minusSeconds(1));
        assertProbes("running", 200, 200);
        stuck.set(NodeHealth.STUCK);
        assertProbes("running", 503, 200);
    }

    @Test
    void theClusterIsThisNodeAlone() throws Exception {
        status.started();
        var nodes = new JsonObject(get("/status?scope=cluster").body()).getJsonArray("nodes");
        assertThat(nodes).hasSize(1);
        assertThat(nodes.getJsonObject(0).getString("state")).isEqualTo("running");
        assertThat(nodes.getJsonObject(0).getJsonObject("main").getLong("pid"))
                .isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void restCallsAreCountedAndKnownWhileTheyAreInFlight() throws Exception {
        assertThat(get("/api/v1/fast").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/nothing").statusCode()).isEqualTo(404);
        await().until(() -> restCalls.inFlight() == 0);

        var slow = client.sendAsync(request("/api/v1/slow"), BodyHandlers.ofString());
        await().until(() -> restCalls.inFlight() == 1);
        slow.cancel(true);

        await().until(() -> restCalls.inFlight() == 0);
        var main = new JsonObject(get("/status").body()).getJsonObject("main");
        assertThat(main.getJsonObject("restCalls").getInteger("received")).isEqualTo(3);
    }

    private void assertProbes(String state, int live, int ready) throws Exception {
        var page = get("/status");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(page.body()).getString("state")).isEqualTo(state);
        assertThat(get("/status/live").statusCode()).isEqualTo(live);
        assertThat(get("/status/ready").statusCode()).isEqualTo(ready);
        assertThat(health.liveness().call().getStatus()).isEqualTo(up(live));
        assertThat(health.readiness().call().getStatus()).isEqualTo(up(ready));
        assertThat(health.readiness().call().getData().orElseThrow()).containsEntry("state", state);
    }

    private static HealthCheckResponse.Status up(int httpStatus) {
        return httpStatus == 200 ? HealthCheckResponse.Status.UP : HealthCheckResponse.Status.DOWN;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path), BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
    }
}
