package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.engineio.TestEngines.TestEngine;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Long polling as facts of the protocol. */
@QuarkusTest
@TestProfile(EngineProfile.class)
class PollingTest {

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

    private void echo() {
        echo(UnaryOperator.identity());
    }

    private void echo(UnaryOperator<OptionsOf> options) {
        engine = engines.echo(options);
        client = new TestClient(base, engine.path());
    }

    private static void isError(HttpResponse<String> response, int code, String message) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void theOpenPacketHasExactlyTheKeysOfTheProtocol() {
        echo();
        HttpResponse<String> response = client.send(client.request("EIO=4&transport=polling"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[\"websocket\"],"
                        + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=UTF-8");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void requestsOverOneHttp2ConnectionAreAnsweredEachForItself() {
        engine = engines.echo(options -> options.maxHttpBufferSize(1_000));
        client = new TestClient(base, engine.path(), HttpClient.Version.HTTP_2);
        String waiting = "EIO=4&transport=polling&sid=" + client.open();
        var poll = CompletableFuture.supplyAsync(() -> client.send(client.request(waiting)));
        for (int i = 0; i < 20; i++) {
            String sid = client.open();
            HttpResponse<String> posted = client.post(sid, "4hello");
            assertThat(posted.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(posted.body()).isEqualTo("ok");
            assertThat(client.get(sid).body()).isEqualTo("4hello");
            assertThat(client.post(sid, "4" + "x".repeat(1_000)).statusCode()).isEqualTo(413);
            assertThat(client.post(client.open(), "no packet").statusCode()).isEqualTo(400);
        }
        assertThat(poll).isNotDone();
        assertThat(client.send(client.request(waiting).POST(BodyPublishers.ofString("4at last")))
                        .body())
                .isEqualTo("ok");
        assertThat(poll.join().body()).isEqualTo("4at last");
    }

    private HttpResponse<String> getAt(String timestamp, String sid) {
        return client.send(client.request("EIO=4&transport=polling&t=" + timestamp + "&sid=" + sid));
    }

    private String openAt(String timestamp) {
        return TestClient.sid(client.send(client.request("EIO=4&transport=polling&t=" + timestamp))
                .body());
    }

    /** Its first answer was lost on the way, or nobody would send it again: the client must not think that it has all. */
    @Test
    void aPollThatIsSentAgainEndsTheSession() {
        echo();
        String sid = openAt("a");
        client.post(sid, "4one");
        assertThat(getAt("b", sid).body()).isEqualTo("4one");
        client.post(sid, "4two");
        isError(getAt("b", sid), 3, "Bad request");
        isError(getAt("c", sid), 1, "Session ID unknown");
    }

    @Test
    void aClientWhosePollsAllLookTheSameIsServed() {
        echo();
        String sid = openAt("a");
        for (int i = 0; i < 3; i++) {
            client.post(sid, "4news");
            assertThat(getAt("a", sid).body()).isEqualTo("4news");
        }
    }

    @Test
    void thePathIsServedWithAndWithoutATrailingSlash() {
        echo();
        URI bare = base.resolve(engine.path() + "?EIO=4&transport=polling");
        assertThat(client.send(java.net.http.HttpRequest.newBuilder(bare)).statusCode())
                .isEqualTo(200);
        assertThat(client.send(client.request("EIO=4&transport=polling")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void withoutAddTrailingSlashOnlyTheBarePathIsServed() {
        echo(OptionsOf::noTrailingSlash);
        URI bare = base.resolve(engine.path() + "?EIO=4&transport=polling");
        assertThat(client.send(java.net.http.HttpRequest.newBuilder(bare)).statusCode())
                .isEqualTo(200);
        assertThat(client.send(client.request("EIO=4&transport=polling")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void anUnknownOrMissingTransportIsCode0() {
        echo();
        isError(client.send(client.request("EIO=4&transport=abc")), 0, "Transport unknown");
        isError(client.send(client.request("EIO=4")), 0, "Transport unknown");
        isError(client.send(client.request("EIO=4&transport=constructor")), 0, "Transport unknown");
    }

    @Test
    void aTransportThatIsTurnedOffIsCode0() {
        echo(options -> options.transports(TransportName.WEBSOCKET));
        isError(client.send(client.request("EIO=4&transport=polling")), 0, "Transport unknown");
    }

    @Test
    void anUnknownSessionIsCode1() {
        echo();
        isError(client.get("abcdefghijklmnopqrst"), 1, "Session ID unknown");
        isError(client.post("abcdefghijklmnopqrst", "4a"), 1, "Session ID unknown");
        isError(client.get(""), 1, "Session ID unknown");
    }

    @Test
    void aHandshakeByAnotherMethodThanGetIsCode2() {
        echo();
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
            isError(
                    client.send(client.request("EIO=4&transport=polling").method(method, BodyPublishers.ofString("x"))),
                    2,
                    "Bad handshake method");
        }
        assertThat(client.send(client.request("EIO=4&transport=polling").method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aWebSocketHandshakeWithoutAnUpgradeIsCode3() {
        echo();
        isError(client.send(client.request("EIO=4&transport=websocket")), 3, "Bad request");
    }

    @Test
    void anUndecodableQueryIs400() throws IOException {
        echo();
        assertThat(raw("GET " + engine.path() + "/?EIO=4&transport=%zz HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void anotherMethodOnASessionIsCode3() {
        echo();
        String sid = client.open();
        isError(
                client.send(client.request("EIO=4&transport=polling&sid=" + sid)
                        .method("PUT", BodyPublishers.ofString("4a"))),
                3,
                "Bad request");
    }

    @Test
    void anUnsupportedVersionIsCode5() {
        echo();
        isError(client.send(client.request("transport=polling")), 5, "Unsupported protocol version");
        isError(client.send(client.request("EIO=3&transport=polling")), 5, "Unsupported protocol version");
        isError(client.send(client.request("EIO=abc&transport=polling")), 5, "Unsupported protocol version");
        assertThat(engine.recorded().refused)
                .containsExactly("unsupported_version", "unsupported_version", "unsupported_version");
    }

    @Test
    void messagesTravelBothWaysJoinedByTheRecordSeparator() {
        echo();
        String sid = client.open();
        HttpResponse<String> posted = client.post(sid, "4hello\u001e4wörld €\u001e4");
        assertThat(posted.statusCode()).isEqualTo(200);
        assertThat(posted.body()).isEqualTo("ok");
        assertThat(posted.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(posted.headers().firstValue("Cache-Control")).contains("no-store");
        HttpResponse<String> polled = client.get(sid);
        assertThat(polled.body()).isEqualTo("4hello\u001e4wörld €\u001e4");
        assertThat(polled.headers().firstValue("Content-Type")).contains("text/plain; charset=UTF-8");
        assertThat(polled.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void binaryMessagesTravelAsBase64() {
        echo();
        String sid = client.open();
        assertThat(client.post(sid, "4hello\u001ebAQIDBA==").body()).isEqualTo("ok");
        assertThat(client.get(sid).body()).isEqualTo("4hello\u001ebAQIDBA==");
    }

    @Test
    void aPollWaitsForTheNextMessage() {
        echo();
        String sid = client.open();
        CompletableFuture<HttpResponse<String>> poll = client.getAsync(sid);
        assertThat(client.post(sid, "4later").body()).isEqualTo("ok");
        assertThat(poll.join().body()).isEqualTo("4later");
    }

    @Test
    void malformedBodiesAre400AndEndTheSession() {
        echo();
        for (byte[] body : new byte[][] {
            "abc".getBytes(StandardCharsets.UTF_8),
            "4a\u001e9".getBytes(StandardCharsets.UTF_8),
            "".getBytes(StandardCharsets.UTF_8),
            "4a\u001e".getBytes(StandardCharsets.UTF_8),
            "b!!".getBytes(StandardCharsets.UTF_8),
            {'4', (byte) 0xff, (byte) 0xfe}
        }) {
            String sid = client.open();
            isError(client.post(sid, BodyPublishers.ofByteArray(body)), 3, "Bad request");
            isError(client.get(sid), 1, "Session ID unknown");
        }
        assertThat(engine.recorded().texts).isEmpty();
        assertThat(engine.recorded().closed).hasSize(6).containsOnly(CloseReason.PARSE_ERROR);
    }

    @Test
    void aBinaryBodyIs400AndEndsTheSession() {
        echo();
        String sid = client.open();
        isError(
                client.send(client.request("EIO=4&transport=polling&sid=" + sid)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(new byte[] {1, 2, 3}))),
                3,
                "Bad request");
        isError(client.get(sid), 1, "Session ID unknown");
    }

    @Test
    void aBodyOverMaxHttpBufferSizeIs413AndTheSessionGoesOn() {
        echo(options -> options.maxHttpBufferSize(1000));
        String sid = client.open();
        HttpResponse<String> tooLarge = client.post(sid, "4" + "x".repeat(1000));
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.body()).contains("1000 bytes");
        assertThat(engine.recorded().refused).containsExactly("body_too_large");
        assertThat(client.post(sid, "4" + "x".repeat(999)).statusCode()).isEqualTo(200);
        assertThat(client.get(sid).body()).hasSize(1000);
    }

    @Test
    void aStreamedBodyOverMaxHttpBufferSizeIs413BeforeItsEnd() throws IOException {
        echo(options -> options.maxHttpBufferSize(1000));
        String sid = client.open();
        try (Socket socket = new Socket("localhost", base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + engine.path() + "/?EIO=4&transport=polling&sid=" + sid
                            + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            // The body never ends: the answer has to come without that.
            out.write(("800\r\n" + "4".repeat(0x800) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(readSome(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void twoPostsAtOnceAre400AndEndTheSession() throws IOException {
        echo();
        String sid = client.open();
        try (Socket first = new Socket("localhost", base.getPort())) {
            first.getOutputStream()
                    .write(("POST " + engine.path() + "/?EIO=4&transport=polling&sid=" + sid
                                    + " HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n4ab")
                            .getBytes(StandardCharsets.US_ASCII));
            first.getOutputStream().flush();
            await().atMost(TestClient.SOON).until(() -> client.post(sid, "4b").statusCode() == 400);
            assertThat(readSome(first)).startsWith("HTTP/1.1 400");
            isError(client.get(sid), 1, "Session ID unknown");
            assertThat(engine.recorded().closed).containsExactly(CloseReason.TRANSPORT_ERROR);
        }
    }

    @Test
    void aSecondPollEndsTheSession() {
        echo();
        String sid = client.open();
        CompletableFuture<HttpResponse<String>> first = client.getAsync(sid);
        await().atMost(TestClient.SOON).until(() -> Sampled.on(engine.last(), Session::writable));
        HttpResponse<String> second = client.get(sid);
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(first.join().body()).isEqualTo("1");
        isError(client.get(sid), 1, "Session ID unknown");
    }

    @Test
    void anAbortedPollEndsTheSession() throws IOException {
        echo();
        String sid = client.open();
        try (Socket socket = new Socket("localhost", base.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + engine.path() + "/?EIO=4&transport=polling&sid=" + sid
                                    + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().atMost(TestClient.SOON).until(() -> Sampled.on(engine.last(), Session::writable));
        }
        await().atMost(TestClient.SOON).until(() -> engine.server().sessions() == 0);
        isError(client.get(sid), 1, "Session ID unknown");
        assertThat(engine.recorded().closed).containsExactly(CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void theClientsCloseAnswersTheWaitingPollWithNoop() {
        echo();
        String sid = client.open();
        CompletableFuture<HttpResponse<String>> poll = client.getAsync(sid);
        await().atMost(TestClient.SOON).until(() -> Sampled.on(engine.last(), Session::writable));
        HttpResponse<String> closed = client.post(sid, "1");
        assertThat(closed.statusCode()).isEqualTo(200);
        assertThat(closed.body()).isEqualTo("ok");
        assertThat(poll.join().statusCode()).isEqualTo(200);
        assertThat(poll.join().body()).isEqualTo("6");
        isError(client.get(sid), 1, "Session ID unknown");
        assertThat(engine.recorded().closed).containsExactly(CloseReason.TRANSPORT_CLOSE);
    }

    @Test
    void theServersCloseReachesAWaitingPollAfterWhatWasQueued() {
        echo();
        String sid = client.open();
        CompletableFuture<HttpResponse<String>> poll = client.getAsync(sid);
        await().atMost(TestClient.SOON).until(() -> Sampled.on(engine.last(), Session::writable));
        Session session = engine.last();
        session.loop().execute(() -> {
            OutboundMessage bye = OutboundMessage.text("bye");
            session.send(bye);
            bye.release();
            session.close(CloseReason.FORCED_CLOSE);
        });
        assertThat(poll.join().body()).isEqualTo("4bye\u001e1");
        isError(client.get(sid), 1, "Session ID unknown");
    }

    @Test
    void theServersCloseIsCollectedByTheNextPoll() {
        echo();
        String sid = client.open();
        Session session = engine.last();
        session.loop().execute(() -> {
            OutboundMessage bye = OutboundMessage.text("bye");
            session.send(bye);
            bye.release();
            session.close(CloseReason.FORCED_SERVER_CLOSE);
        });
        await().atMost(TestClient.SOON).until(() -> engine.server().sessions() == 0);
        isError(client.post(sid, "4late"), 1, "Session ID unknown");
        assertThat(client.get(sid).body()).isEqualTo("4bye\u001e1");
        isError(client.get(sid), 1, "Session ID unknown");
        assertThat(engine.recorded().closed).containsExactly(CloseReason.FORCED_SERVER_CLOSE);
    }

    @Test
    void theServerPingsAndAPongKeepsTheSession() {
        echo(options -> options.pings(200, 3_000));
        String sid = client.open();
        for (int i = 0; i < 3; i++) {
            assertThat(client.get(sid).body()).isEqualTo("2");
            assertThat(client.post(sid, "3").body()).isEqualTo("ok");
        }
    }

    @Test
    void withoutAPongTheSessionEnds() {
        echo(options -> options.pings(100, 200));
        String sid = client.open();
        assertThat(client.get(sid).body()).isEqualTo("2");
        CompletableFuture<HttpResponse<String>> poll = client.getAsync(sid);
        assertThat(poll.join().body()).isEqualTo("1");
        isError(client.get(sid), 1, "Session ID unknown");
        assertThat(engine.recorded().closed).containsExactly(CloseReason.PING_TIMEOUT);
    }

    @Test
    void aPollAfterTheDeadlineIs400ThoughTheTimerHadNoTurn() throws InterruptedException {
        echo(options -> options.pings(100, 500));
        String sid = client.open();
        assertThat(client.get(sid).body()).isEqualTo("2");
        CountDownLatch busy = new CountDownLatch(1);
        engine.last().loop().execute(() -> {
            busy.countDown();
            long late = System.nanoTime() + 800_000_000;
            while (System.nanoTime() - late < 0) {
                Thread.onSpinWait();
            }
        });
        assertThat(busy.await(TestClient.SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        // Served before the timer is, when the loop is free again.
        isError(client.get(sid), 1, "Session ID unknown");
        assertThat(engine.recorded().closed).containsExactly(CloseReason.PING_TIMEOUT);
    }

    @Test
    void aPingOfTheClientEndsTheSession() {
        echo();
        String sid = client.open();
        client.post(sid, "2");
        isError(client.get(sid), 1, "Session ID unknown");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", base.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return readSome(socket);
        }
    }

    private static String readSome(Socket socket) throws IOException {
        socket.setSoTimeout((int) TestClient.SOON.toMillis());
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4096];
        int length = in.read(buffer);
        return new String(buffer, 0, Math.max(0, length), StandardCharsets.UTF_8);
    }
}
