package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.engineio.EngineOptions.Cors;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFilesTest {

    private static Vertx vertx;
    private static HttpServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        new ClientFiles("/socket.io", Optional.empty()).route(router);
        new ClientFiles("/deep/foo", Optional.of(Cors.DEFAULTS)).route(router);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() throws Exception {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket.io.js", "socket.io.min.js", "socket.io.msgpack.min.js", "socket.io.esm.min.js"})
    void everyScriptIsServedWithItsSourceMap(String file) throws Exception {
        var script = get("/socket.io/" + file);
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("content-type")).hasValue("application/javascript; charset=utf-8");
        assertThat(script.headers().firstValue("cache-control")).hasValue("public, max-age=0");
        assertThat(script.headers().firstValue("content-encoding")).isEmpty();
        assertThat(text(script)).contains("Socket.IO v4.").endsWith("sourceMappingURL=" + file + ".map\n");

        var map = get("/socket.io/" + file + ".map");
        assertThat(map.statusCode()).isEqualTo(200);
        assertThat(map.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
        assertThat(text(map)).startsWith("{\"version\":3");
    }

    @Test
    void theFilesFollowThePathOption() throws Exception {
        assertThat(get("/deep/foo/socket.io.js").statusCode()).isEqualTo(200);
        assertThat(get("/deep/foo/other.js").statusCode()).isEqualTo(404);
        assertThat(get("/deep/foo/socket.io.jsx").statusCode()).isEqualTo(404);
    }

    @Test
    void theEtagIsTheQuotedVersionOfTheClient() throws Exception {
        var script = get("/socket.io/socket.io.js");
        String version = text(script).replaceFirst("(?s).*?Socket\\.IO v([0-9.]+).*", "$1");
        assertThat(script.headers().firstValue("etag")).hasValue('"' + version + '"');
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s"})
    void aKnownVersionIsNotSentAgain(String form) throws Exception {
        String etag =
                get("/socket.io/socket.io.js").headers().firstValue("etag").orElseThrow();
        var again = get("/socket.io/socket.io.js", "If-None-Match", form.formatted(etag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("/socket.io/socket.io.js", "If-None-Match", "\"0.0.0\"").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br | br",
                "gzip | gzip",
                "br;q=0.5, gzip | gzip",
                "br;q=0, gzip;q=0.1 | gzip",
                "* | br",
                "deflate | none",
                "gzip;q=0, br;q=nonsense | none"
            })
    void theFileIsCompressedAsTheClientAsks(String accepted, String encoding) throws Exception {
        var plain = get("/socket.io/socket.io.min.js");
        var script = get("/socket.io/socket.io.min.js", "Accept-Encoding", accepted);
        assertThat(script.headers().firstValue("content-encoding").orElse("none"))
                .isEqualTo(encoding);
        assertThat(script.headers().firstValue("vary"))
                .hasValueSatisfying(v -> assertThat(v).isEqualToIgnoringCase("accept-encoding"));
        switch (encoding) {
            case "none" -> assertThat(script.body()).isEqualTo(plain.body());
            case "gzip" ->
                assertThat(new GZIPInputStream(new ByteArrayInputStream(script.body())).readAllBytes())
                        .isEqualTo(plain.body());
            default -> assertThat(script.body()).hasSizeLessThan(plain.body().length / 2);
        }
    }

    @Test
    void pagesOfOtherOriginsMayImportTheFilesWhereCorsSaysSo() throws Exception {
        String header = "access-control-allow-origin";
        var shared = get("/deep/foo/socket.io.esm.min.js");
        assertThat(shared.headers().firstValue(header)).hasValue("*");
        var etag = shared.headers().firstValue("etag").orElseThrow();
        assertThat(get("/deep/foo/socket.io.js", "If-None-Match", etag)
                        .headers()
                        .firstValue(header))
                .hasValue("*");
        assertThat(get("/socket.io/socket.io.esm.min.js").headers().firstValue(header))
                .isEmpty();
    }

    @Test
    void headTellsTheLengthOnly() throws Exception {
        var request = HttpRequest.newBuilder(uri("/socket.io/socket.io.js"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        var head = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("content-length"))
                .hasValue(get("/socket.io/socket.io.js").body().length);
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
