package io.collabcluster.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.engineio.EngineOptions;
import io.collabcluster.status.NodeState;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServersRouteTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile List<ServerRecord> nodes = IntStream.range(0, 5)
            .mapToObj(i -> new ServerRecord("n00" + i, "https://n" + i, 100, 0, NodeState.RUNNING))
            .toList();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Router router = Router.router(vertx);
        new ServersRoute(() -> nodes, Optional.of(EngineOptions.Cors.DEFAULTS)).route(router);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    @AfterEach
    void stop() {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpResponse<String> get(String query, String... headers) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/servers" + query));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aKeyGetsTheSameServersEveryTime() throws Exception {
        HttpResponse<String> answer = get("?key=ann&n=2");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(new JsonObject(answer.body()).getJsonArray("servers")).hasSize(2);
        assertThat(get("?key=ann&n=2").body()).isEqualTo(answer.body());
    }

    @Test
    void pagesOfOtherSitesMayAskWhereTheConfigurationSaysSo() throws Exception {
        assertThat(get("", "Origin", "https://app.example.com").headers().firstValue("Access-Control-Allow-Origin"))
                .contains("*");
    }

    @Test
    void withoutACountThereAreThree() throws Exception {
        assertThat(new JsonObject(get("").body()).getJsonArray("servers")).hasSize(3);
    }

    @Test
    void whoHasTheListIsToldSo() throws Exception {
        String tag = get("?key=ann").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> same = get("?key=ann", "If-None-Match", "\"x\", " + tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("ETag")).contains(tag);

        nodes = nodes.subList(0, 1);
        assertThat(get("?key=ann", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?n=0", "?n=17", "?n=-1", "?n=x", "?n=", "?n=1.5", "?n=1&n=2", "?n=99999999999"})
    void aBadCountIsRefusedWithWhatWouldBeRight(String query) throws Exception {
        HttpResponse<String> answer = get(query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("message"))
                .startsWith("n must come once, and be a whole number from 1 to 16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?key=", "?key=a&key=b"})
    void aBadKeyIsRefusedWithWhatWouldBeRight(String query) throws Exception {
        HttpResponse<String> answer = get(query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("key must come once, with 1 to 256 characters");
        assertThat(get("?key=" + "x".repeat(257)).statusCode()).isEqualTo(400);
    }
}
