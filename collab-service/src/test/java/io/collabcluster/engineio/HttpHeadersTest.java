package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.engineio.EngineOptions.Cookie;
import io.collabcluster.engineio.EngineOptions.Cors;
import io.collabcluster.engineio.TestEngines.TestEngine;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CORS, the cookie, and compression on both transports. */
@QuarkusTest
@TestProfile(EngineProfile.class)
class HttpHeadersTest {

    private static final String QUERY = "EIO=4&transport=polling";

    @Inject
    TestEngines engines;

    @TestHTTPResource("/")
    URI base;

    private TestEngine engine;
    private TestClient client;

    @AfterEach
    void close() {
        client.close();
        engine.server().close(CloseReason.SERVER_SHUTTING_DOWN);
    }

    private void echo(UnaryOperator<OptionsOf> options) {
        engine = engines.echo(options);
        client = new TestClient(base, engine.path());
    }

    private static Cors cors(List<String> origins, boolean reflect, boolean credentials) {
        return new Cors(
                origins,
                reflect,
                List.of("GET", "POST"),
                List.of("X-One", "X-Two"),
                List.of("X-Out", "X-More"),
                credentials,
                Optional.of(Duration.ofSeconds(600)),
                false,
                204);
    }

    private HttpResponse<String> from(String origin) {
        return client.send(client.request(QUERY).header("Origin", origin));
    }

    private HttpResponse<String> preflight(String origin) {
        return client.send(client.request(QUERY)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "x-asked"));
    }

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }

    @Test
    void withoutCorsThereAreNoSuchHeaders() {
        echo(UnaryOperator.identity());
        assertThat(header(from("http://a.example"), "Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void theDefaultAllowsEveryOrigin() {
        echo(options -> options.cors(Cors.DEFAULTS));
        HttpResponse<String> response = from("http://a.example");
        assertThat(header(response, "Access-Control-Allow-Origin")).contains("*");
        assertThat(header(response, "Vary")).isEmpty();
        assertThat(response.body()).startsWith("0{");
    }

    @Test
    void aPreflightIsAnsweredWithWhatIsAllowed() {
        echo(options -> options.cors(cors(List.of("http://a.example"), false, true)));
        HttpResponse<String> response = preflight("http://a.example");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "Access-Control-Allow-Origin")).contains("http://a.example");
        assertThat(header(response, "Access-Control-Allow-Credentials")).contains("true");
        assertThat(header(response, "Access-Control-Allow-Methods")).contains("GET,POST");
        assertThat(header(response, "Access-Control-Allow-Headers")).contains("X-One,X-Two");
        assertThat(header(response, "Access-Control-Expose-Headers")).contains("X-Out,X-More");
        assertThat(header(response, "Access-Control-Max-Age")).contains("600");
        assertThat(header(response, "Vary")).contains("Origin");
    }

    @Test
    void aPreflightWithoutAListAllowsTheHeadersThatAreAskedFor() {
        echo(options -> options.cors(Cors.DEFAULTS));
        HttpResponse<String> response = preflight("http://a.example");
        assertThat(header(response, "Access-Control-Allow-Headers")).contains("x-asked");
        assertThat(header(response, "Vary")).contains("Access-Control-Request-Headers");
        assertThat(header(response, "Access-Control-Allow-Methods")).contains("GET,HEAD,PUT,PATCH,POST,DELETE");
    }

    @Test
    void onlyListedOriginsAreAllowed() {
        echo(options -> options.cors(cors(List.of("http://a.example", "/\\.b\\.example$/"), false, false)));
        assertThat(header(from("http://a.example"), "Access-Control-Allow-Origin"))
                .contains("http://a.example");
        assertThat(header(from("http://x.b.example"), "Access-Control-Allow-Origin"))
                .contains("http://x.b.example");
        HttpResponse<String> other = from("http://c.example");
        assertThat(header(other, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(header(other, "Vary")).contains("Origin");
        assertThat(header(other, "Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void aReflectedOriginIsTheRequestsOwn() {
        echo(options -> options.cors(cors(List.of(), true, true)));
        assertThat(header(from("http://any.example"), "Access-Control-Allow-Origin"))
                .contains("http://any.example");
    }

    @Test
    void refusalsCarryTheHeadersTooSoThatTheBrowserShowsThem() {
        echo(options -> options.cors(Cors.DEFAULTS));
        HttpResponse<String> response =
                client.send(client.request("EIO=4&transport=abc").header("Origin", "http://a.example"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(header(response, "Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void aPreflightThatGoesOnIsTheEnginesToRefuse() {
        Cors on =
                new Cors(List.of("*"), false, List.of("GET"), List.of(), List.of(), false, Optional.empty(), true, 204);
        echo(options -> options.cors(on));
        assertThat(preflight("http://a.example").body()).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
    }

    @Test
    void theCookieIsSetByTheHandshakesAnswerOnly() {
        echo(options -> options.cookie(Cookie.DEFAULTS));
        HttpResponse<String> open = client.send(client.request(QUERY));
        String sid = TestClient.sid(open.body());
        assertThat(header(open, "Set-Cookie")).contains("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
        HttpResponse<String> post = client.post(sid, "4a");
        assertThat(header(post, "Set-Cookie")).isEmpty();
        assertThat(header(client.get(sid), "Set-Cookie")).isEmpty();
    }

    @Test
    void theCookieHasTheAttributesThatAreAskedFor() {
        echo(options ->
                options.cookie(new Cookie("node", "/app", false, true, "none", Optional.of(Duration.ofHours(1)))));
        HttpResponse<String> open = client.send(client.request(QUERY));
        assertThat(header(open, "Set-Cookie"))
                .contains("node=" + TestClient.sid(open.body()) + "; Max-Age=3600; Path=/app; Secure; SameSite=None");
    }

    private HttpResponse<byte[]> poll(String message, String accepted) throws IOException, InterruptedException {
        String sid = client.open();
        assertThat(client.post(sid, "4" + message).body()).isEqualTo("ok");
        return client.bytes(client.request(QUERY + "&sid=" + sid).header("Accept-Encoding", accepted));
    }

    @Test
    void largeAnswersAreCompressedAsTheClientAccepts() throws Exception {
        echo(UnaryOperator.identity());
        for (int size : new int[] {1_023, 2_000, 200_000}) {
            String message = "x".repeat(size);
            HttpResponse<byte[]> gzip = poll(message, "deflate;q=0.5, gzip, br");
            assertThat(header(gzip, "Content-Encoding")).contains("gzip");
            assertThat(TestClient.utf8(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes()))
                    .isEqualTo("4" + message);
            HttpResponse<byte[]> deflate = poll(message, "deflate");
            assertThat(header(deflate, "Content-Encoding")).contains("deflate");
            assertThat(TestClient.utf8(
                            new InflaterInputStream(new ByteArrayInputStream(deflate.body())).readAllBytes()))
                    .isEqualTo("4" + message);
        }
        for (String accepted : List.of("br", "gzip;q=0", "identity")) {
            assertThat(header(poll("x".repeat(2_000), accepted), "Content-Encoding"))
                    .isEmpty();
        }
    }

    @Test
    void smallAnswersAreNotCompressed() throws Exception {
        echo(UnaryOperator.identity());
        HttpResponse<byte[]> response = poll("x".repeat(1_022), "gzip");
        assertThat(header(response, "Content-Encoding")).isEmpty();
        assertThat(response.body()).hasSize(1_023);
    }

    private RawSocket socket(String... headers) throws IOException {
        return new RawSocket(base.getPort(), engine.path() + "/?EIO=4&transport=websocket", headers);
    }

    @Test
    void webSocketMessagesAreCompressedFromTheThresholdOn() throws Exception {
        echo(options -> options.deflate(1024));
        try (RawSocket socket = socket("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
            assertThat(socket.answer()).containsIgnoringCase("permessage-deflate");
            assertThat(socket.read().compressed()).isFalse();
            socket.text("4small");
            RawSocket.Frame small = socket.read();
            assertThat(small.compressed()).isFalse();
            assertThat(small.text()).isEqualTo("4small");
            String large = "4" + "large ".repeat(1_000);
            socket.text(large);
            RawSocket.Frame compressed = socket.read();
            assertThat(compressed.compressed()).isTrue();
            assertThat(compressed.payload()).hasSizeLessThan(1_000);
            assertThat(inflate(compressed.payload(), large.length())).isEqualTo(large);
            socket.frame(0x82, new byte[5_000]);
            RawSocket.Frame binary = socket.read();
            assertThat(binary.opcode()).isEqualTo(2);
            assertThat(binary.compressed()).isTrue();
        }
    }

    @Test
    void aCompressedMessageMayNotGrowOverMaxHttpBufferSize() throws Exception {
        echo(options -> options.deflate(1024).maxHttpBufferSize(10_000));
        try (RawSocket socket = socket("Sec-WebSocket-Extensions: permessage-deflate")) {
            socket.read();
            byte[] small = deflate("4" + "x".repeat(5_000));
            socket.frame(0xc1, small);
            assertThat(socket.read().compressed()).isTrue();
            socket.frame(0xc1, deflate("4" + "x".repeat(900_000)));
            assertThat(socket.endsSoon()).isTrue();
            assertThat(engine.recorded().texts).hasSize(1);
        }
    }

    /** A message as RFC 7692 section 7.2.1 has it, without the context of the one before. */
    private static byte[] deflate(String text) {
        byte[] out = new byte[10_000];
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(TestClient.bytes(text));
            int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, length - 4);
        }
    }

    private static String inflate(byte[] payload, int length) throws Exception {
        try (Inflater inflater = new Inflater(true)) {
            byte[] out = new byte[length];
            inflater.setInput(payload);
            assertThat(inflater.inflate(out)).isEqualTo(length);
            return TestClient.utf8(out);
        }
    }

    @Test
    void withoutTheOptionOrTheExtensionNothingIsCompressed() throws Exception {
        String large = "4" + "large ".repeat(1_000);
        echo(UnaryOperator.identity());
        try (RawSocket socket = socket("Sec-WebSocket-Extensions: permessage-deflate")) {
            socket.read();
            socket.text(large);
            assertThat(socket.read().text()).isEqualTo(large);
        }
        close();
        echo(options -> options.deflate(1024));
        try (RawSocket socket = socket()) {
            assertThat(socket.answer()).doesNotContainIgnoringCase("permessage-deflate");
            socket.read();
            socket.text(large);
            assertThat(socket.read().text()).isEqualTo(large);
        }
    }

    @Test
    void aTextThatIsNotUtf8ClosesTheConnection() throws Exception {
        echo(UnaryOperator.identity());
        try (RawSocket socket = socket()) {
            socket.read();
            socket.frame(0x81, new byte[] {'4', (byte) 0xc3, (byte) 0x28});
            assertThat(socket.endsSoon()).isTrue();
            assertThat(engine.recorded().texts).isEmpty();
        }
    }

    @Test
    void aRefusedWebSocketHandshakeSaysWhy() throws Exception {
        echo(UnaryOperator.identity());
        try (RawSocket socket =
                new RawSocket(base.getPort(), engine.path() + "/?EIO=4&transport=websocket&sid=abcdefghijklmnopqrst")) {
            assertThat(socket.answer()).startsWith("HTTP/1.1 400").containsIgnoringCase("application/json");
            String error = "{\"code\":1,\"message\":\"Session ID unknown\"}";
            assertThat(socket.rest(error.length())).isEqualTo(error);
        }
    }
}
