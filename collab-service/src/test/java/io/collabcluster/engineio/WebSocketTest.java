package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.engineio.TestClient.TestSocket;
import io.collabcluster.engineio.TestEngines.TestEngine;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The WebSocket transport, and nothing but it. */
@QuarkusTest
@TestProfile(EngineProfile.class)
class WebSocketTest {

    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;

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

    private void endsWith(CloseReason reason) {
        await().atMost(TestClient.SOON).untilAsserted(() -> {
            assertThat(engine.recorded().closed).containsExactly(reason);
            assertThat(engine.recorded().counted).containsExactly(reason);
            assertThat(engine.server().sessions()).isZero();
        });
    }

    private record Failing(Session session) implements SessionListener {
        @Override
        public void text(String message) {
            if (message.equals("fail")) {
                throw new IllegalStateException("a fault of the test's listener");
            }
            new TestEngines.Echo(session).text(message);
        }

        @Override
        public void binary(byte[] message) {}

        @Override
        public void closed(CloseReason reason) {}
    }

    @Test
    void theOpenPacketOffersNoUpgrade() {
        echo();
        assertThat(client.webSocket("EIO=4&transport=websocket").next())
                .matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[],"
                        + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(engine.server().sessionsByTransport())
                .containsEntry(TransportName.WEBSOCKET, 1)
                .containsEntry(TransportName.POLLING, 0);
    }

    @Test
    void thePathIsServedWithoutATrailingSlashToo() {
        echo();
        TestSocket socket = client.connectAt(base.resolve(engine.path() + "?EIO=4&transport=websocket"))
                .join();
        assertThat(socket.next()).startsWith("0{");
    }

    @Test
    void textsComeBackInOrder() {
        echo();
        TestSocket socket = client.openSocket();
        for (int i = 0; i < 500; i++) {
            socket.send("4message " + i + " wörld €");
        }
        for (int i = 0; i < 500; i++) {
            assertThat(socket.next()).isEqualTo("4message " + i + " wörld €");
        }
    }

    @Test
    void binaryMessagesHaveNoType() {
        echo();
        TestSocket socket = client.openSocket();
        socket.send(new byte[] {1, 2, 3, 4});
        assertThat((byte[]) socket.nextFrame()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void messagesOfEverySizeOfHeaderComeBack() {
        echo();
        TestSocket socket = client.openSocket();
        for (int size : List.of(0, 1, 124, 125, 126, 65_534, 65_535, 65_536, 900_000)) {
            String text = "x".repeat(size);
            socket.send("4" + text);
            assertThat(socket.next()).isEqualTo("4" + text);
        }
    }

    @Test
    void framesThatAreNoPacketCloseTheConnection() {
        echo();
        for (String frame : List.of("", "abc", "7", "9x", "b", " 4")) {
            TestSocket socket = client.openSocket();
            socket.send(frame);
            assertThat(socket.next()).isEqualTo(TestSocket.CLOSED);
        }
        await().atMost(TestClient.SOON)
                .untilAsserted(
                        () -> assertThat(engine.recorded().closed).hasSize(6).containsOnly(CloseReason.PARSE_ERROR));
        assertThat(engine.recorded().texts).isEmpty();
    }

    @Test
    void theClientsClosePacketEndsTheSession() {
        echo();
        TestSocket socket = client.openSocket();
        socket.send("1");
        assertThat(socket.next()).isEqualTo(TestSocket.CLOSED);
        endsWith(CloseReason.TRANSPORT_CLOSE);
    }

    @Test
    void theClientsCloseFrameEndsTheSession() {
        echo();
        client.openSocket().close();
        endsWith(CloseReason.TRANSPORT_CLOSE);
    }

    @Test
    void aBrokenConnectionEndsTheSession() {
        echo();
        client.openSocket().abort();
        endsWith(CloseReason.TRANSPORT_CLOSE);
    }

    @Test
    void theServersCloseComesAfterWhatWasQueued() {
        echo();
        TestSocket socket = client.openSocket();
        Session session = engine.last();
        session.loop().execute(() -> {
            OutboundMessage bye = OutboundMessage.text("bye");
            session.send(bye);
            session.send(bye);
            bye.release();
            session.close(CloseReason.FORCED_CLOSE);
            session.close(CloseReason.FORCED_CLOSE);
        });
        assertThat(socket.next()).isEqualTo("4bye");
        assertThat(socket.next()).isEqualTo("4bye");
        assertThat(socket.next()).isEqualTo(TestSocket.CLOSED);
        endsWith(CloseReason.FORCED_CLOSE);
    }

    @Test
    void theServerPingsAndAPongKeepsTheSession() {
        echo(options -> options.pings(100, 3_000));
        TestSocket socket = client.openSocket();
        for (int i = 0; i < 3; i++) {
            assertThat(socket.next()).isEqualTo("2");
            socket.send("3");
        }
        socket.send("4still here");
        assertThat(socket.next()).isIn("4still here", "2");
    }

    @Test
    void withoutAPongTheSessionEnds() {
        echo(options -> options.pings(100, 200));
        TestSocket socket = client.openSocket();
        assertThat(socket.next()).isEqualTo("2");
        assertThat(socket.next()).isEqualTo(TestSocket.CLOSED);
        endsWith(CloseReason.PING_TIMEOUT);
    }

    @Test
    void aMessageOverMaxHttpBufferSizeClosesTheConnection() {
        echo(options -> options.maxHttpBufferSize(1000));
        TestSocket socket = client.openSocket();
        socket.send("4" + "x".repeat(999));
        assertThat(socket.next()).hasSize(1000);
        socket.send("4" + "x".repeat(1000));
        assertThat(socket.next()).isEqualTo(TestSocket.CLOSED);
        assertThat(socket.closeCode()).isEqualTo(1009);
        endsWith(CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void refusedHandshakesFail() {
        echo();
        for (String query : List.of(
                "EIO=3&transport=websocket",
                "transport=websocket",
                "EIO=4&transport=abc",
                "EIO=4",
                "EIO=4&transport=polling",
                "EIO=4&transport=websocket&sid=abcdefghijklmnopqrst")) {
            assertThat(client.refusal(query).statusCode()).as(query).isEqualTo(400);
        }
        assertThat(engine.recorded().opened).hasValue(0);
    }

    @Test
    void anotherVersionOfTheProtocolIsRefused() throws Exception {
        echo();
        String request = "GET " + engine.path() + "/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        try (var socket = new Socket("localhost", base.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine())
                    .isEqualTo("HTTP/1.1 400 Bad Request");
        }
    }

    @Test
    void theHandshakeIsAnsweredAsTheRfcShows() throws Exception {
        echo();
        try (RawSocket socket = raw("Sec-WebSocket-Protocol: chat, superchat")) {
            assertThat(socket.answer())
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("\r\nUpgrade: websocket\r\n")
                    .containsIgnoringCase("\r\nConnection: Upgrade\r\n")
                    .containsIgnoringCase("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                    .containsIgnoringCase("\r\nSec-WebSocket-Protocol: chat\r\n")
                    .doesNotContainIgnoringCase("Content-Length");
        }
    }

    @Test
    void aClientThatDoesNotWaitForTheAnswerIsCutOff() throws Exception {
        echo();
        String request = "GET " + engine.path() + "/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        var bytes = new ByteArrayOutputStream();
        bytes.write(request.getBytes(StandardCharsets.US_ASCII));
        bytes.write(new byte[] {(byte) 0x81, (byte) 0x86, 0, 0, 0, 0});
        bytes.write("4early".getBytes(StandardCharsets.US_ASCII));
        try (var socket = new Socket("localhost", base.getPort())) {
            socket.setSoTimeout((int) TestClient.SOON.toMillis());
            socket.getOutputStream().write(bytes.toByteArray());
            while (socket.getInputStream().read() >= 0) {
                // The answer to the handshake, and then the end.
            }
        }
        await().atMost(TestClient.SOON).until(() -> engine.server().sessions() == 0);
        assertThat(engine.recorded().texts).isEmpty();
    }

    @Test
    void aPingIsAnsweredWithItsPayload() throws Exception {
        echo();
        try (RawSocket socket = raw()) {
            assertThat(socket.read().text()).startsWith("0{");
            socket.frame(PING, new byte[] {7, 8, 9});
            RawSocket.Frame pong = socket.read();
            assertThat(pong.first()).isEqualTo(PONG);
            assertThat(pong.payload()).containsExactly(7, 8, 9);
        }
    }

    @Test
    void aMessageInFragmentsArrivesWholeAroundAPing() throws Exception {
        echo();
        try (RawSocket socket = raw()) {
            assertThat(socket.read().text()).startsWith("0{");
            socket.frame(0x01, "4frag".getBytes(StandardCharsets.UTF_8));
            socket.frame(PING, new byte[0]);
            socket.frame(0x00, "men".getBytes(StandardCharsets.UTF_8));
            socket.frame(0x80, "ted".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.read().first()).isEqualTo(PONG);
            assertThat(socket.read().text()).isEqualTo("4fragmented");
        }
    }

    @Test
    void theCloseFrameNamesWhatWasWrong() throws Exception {
        echo(options -> options.maxHttpBufferSize(1000));
        byte[] half = "x".repeat(600).getBytes(StandardCharsets.UTF_8);
        assertThat(closeCode(socket -> socket.frame(0x81, new byte[] {'4', (byte) 0xc3, 0x28})))
                .as("invalid UTF-8")
                .isEqualTo(1007);
        assertThat(closeCode(socket -> socket.frame(0x83, half)))
                .as("unknown opcode")
                .isEqualTo(1002);
        assertThat(closeCode(socket -> socket.frame(0xc1, half)))
                .as("a compressed frame that nobody agreed on")
                .isEqualTo(1002);
        assertThat(closeCode(socket -> {
                    socket.frame(0x02, half);
                    socket.frame(0x80, half);
                }))
                .as("too large in fragments")
                .isEqualTo(1009);
        await().atMost(TestClient.SOON)
                .untilAsserted(() ->
                        assertThat(engine.recorded().closed).hasSize(4).containsOnly(CloseReason.TRANSPORT_ERROR));
    }

    @Test
    void aCloseFrameIsAnsweredWithItsCode() throws Exception {
        echo();
        try (RawSocket socket = raw()) {
            assertThat(socket.read().text()).startsWith("0{");
            socket.frame(CLOSE, new byte[] {0x0f, (byte) 0xa0});
            RawSocket.Frame answer = socket.read();
            assertThat(answer.first()).isEqualTo(CLOSE);
            assertThat(answer.payload()).startsWith(0x0f, 0xa0);
            assertThat(socket.endsSoon()).isTrue();
        }
        endsWith(CloseReason.TRANSPORT_CLOSE);
    }

    @Test
    void broadcastsAndMessagesOfItsOwnReachAClientInOrder() {
        echo();
        TestSocket socket = client.openSocket();
        Session session = engine.last();
        session.loop().execute(() -> {
            for (int i = 0; i < 40; i++) {
                OutboundMessage message = OutboundMessage.text("message " + i);
                OutboundMessage either = i % 5 == 4 ? message : message.asBroadcast();
                session.send(either);
                either.release();
            }
        });
        for (int i = 0; i < 40; i++) {
            assertThat(socket.next()).isEqualTo("4message " + i);
        }
    }

    private RawSocket raw(String... headers) throws IOException {
        return new RawSocket(base.getPort(), engine.path() + "/?EIO=4&transport=websocket", headers);
    }

    private interface Fault {
        void send(RawSocket socket) throws IOException;
    }

    private int closeCode(Fault fault) throws IOException {
        try (RawSocket socket = raw()) {
            assertThat(socket.read().text()).startsWith("0{");
            fault.send(socket);
            RawSocket.Frame close = socket.read();
            assertThat(close.first()).isEqualTo(CLOSE);
            return Byte.toUnsignedInt(close.payload()[0]) << 8 | Byte.toUnsignedInt(close.payload()[1]);
        }
    }

    @Test
    void aServerThatIsClosedClosesItsSessionsAndRefusesNewOnes() {
        echo();
        TestSocket socket = client.openSocket();
        engine.server().close(CloseReason.SERVER_SHUTTING_DOWN);
        assertThat(socket.next()).isEqualTo(TestSocket.CLOSED);
        endsWith(CloseReason.SERVER_SHUTTING_DOWN);
        assertThat(client.refusal("EIO=4&transport=websocket").statusCode()).isEqualTo(503);
    }

    @Test
    void aListenerThatFailsEndsItsOwnSessionOnly() {
        engine = engines.mount(UnaryOperator.identity(), Admission.OPEN, Failing::new);
        client = new TestClient(base, engine.path());
        TestSocket other = client.openSocket();
        TestSocket failing = client.openSocket();
        failing.send("4fail");
        assertThat(failing.next()).isEqualTo(TestSocket.CLOSED);
        other.send("4fine");
        assertThat(other.next()).isEqualTo("4fine");
    }
}
