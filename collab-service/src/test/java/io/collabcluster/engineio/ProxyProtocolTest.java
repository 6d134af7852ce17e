package io.collabcluster.engineio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who a request comes from, with balancers in front and without. 127.0.0.1 is a balancer, 127.0.0.2 is a client. */
class ProxyProtocolTest {

    private static final String BALANCER = "127.0.0.1";
    private static final String STRANGER = "127.0.0.2";
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10};

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private HttpServer server;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void start(boolean protocol, Duration deadline) throws Exception {
        var subnets = List.of(
                Subnet.parse(BALANCER).orElseThrow(), Subnet.parse("10.0.0.0/8").orElseThrow());
        var proxies = new TrustedProxies(new ProxyOptions(subnets, protocol));
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    Client client = proxies.client(request);
                    request.response().end(client.address() + (client.secure() ? " tls" : " plain"));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        if (protocol) {
            new ProxyProtocol(proxies, deadline).listenAt(vertx, server.actualPort());
            // It is there once the loops have run what they were given before this.
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> ask(BALANCER, "PROXY UNKNOWN\r\n".getBytes(ISO_8859_1), "")
                            .endsWith(BALANCER + " plain"));
        }
    }

    private void start(boolean protocol) throws Exception {
        start(protocol, Duration.ofSeconds(5));
    }

    /** What the server answers to some bytes and a request after them; empty where it hangs up. */
    private String ask(String from, byte[] first, String headers) throws IOException {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress(BALANCER, server.actualPort()));
            var out = new ByteArrayOutputStream();
            out.write(first);
            out.write(("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n").getBytes(ISO_8859_1));
            socket.getOutputStream().write(out.toByteArray());
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    private static byte[] version1(String header) {
        return (header + "\r\n").getBytes(ISO_8859_1);
    }

    /** @param command 0 LOCAL, 1 PROXY */
    private static byte[] version2(int command, String source, String destination, byte... tlvs)
            throws UnknownHostException {
        byte[] from = InetAddress.getByName(source).getAddress();
        byte[] to = InetAddress.getByName(destination).getAddress();
        var out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        out.write(0x20 | command);
        out.write(from.length == 4 ? 0x11 : 0x21);
        int length = from.length * 2 + 4 + tlvs.length;
        out.writeBytes(new byte[] {(byte) (length >> 8), (byte) length});
        out.writeBytes(from);
        out.writeBytes(to);
        out.writeBytes(new byte[] {1, 2, 3, 4});
        out.writeBytes(tlvs);
        return out.toByteArray();
    }

    @Test
    void aTrustedBalancersHeaderSaysWhoTheClientIs() throws Exception {
        start(true);
        assertThat(ask(BALANCER, version1("PROXY TCP4 192.0.2.7 10.0.0.1 51234 443"), ""))
                .endsWith("192.0.2.7 plain");
        assertThat(ask(BALANCER, version1("PROXY TCP6 2001:DB8:0::7 2001:db8::1 51234 443"), ""))
                .endsWith("2001:db8::7 plain");
        assertThat(ask(BALANCER, version2(1, "192.0.2.7", "10.0.0.1"), "")).endsWith("192.0.2.7 plain");
        assertThat(ask(BALANCER, version2(1, "2001:db8::7", "2001:db8::1"), "")).endsWith("2001:db8::7 plain");
    }

    @Test
    void version2SaysThatTheClientCameOverTls() throws Exception {
        start(true);
        byte[] ssl = {0x20, 0, 5, 1, 0, 0, 0, 0};
        assertThat(ask(BALANCER, version2(1, "192.0.2.7", "10.0.0.1", ssl), "")).endsWith("192.0.2.7 tls");
    }

    @Test
    void aBalancersOwnConnectionIsItsOwn() throws Exception {
        start(true);
        assertThat(ask(BALANCER, version2(0, "192.0.2.7", "10.0.0.1"), "")).endsWith(BALANCER + " plain");
        assertThat(ask(BALANCER, version1("PROXY UNKNOWN"), "")).endsWith(BALANCER + " plain");
    }

    @Test
    void aStrangersHeaderIsNotBelievedAndHisRequestIs() throws Exception {
        start(true);
        assertThat(ask(STRANGER, version1("PROXY TCP4 192.0.2.7 10.0.0.1 51234 443"), ""))
                .doesNotContain("192.0.2.7")
                .doesNotContain("200 OK");
        assertThat(ask(STRANGER, version2(1, "192.0.2.7", "10.0.0.1"), ""))
                .doesNotContain("192.0.2.7")
                .doesNotContain("200 OK");
        assertThat(ask(STRANGER, new byte[0], "")).endsWith(STRANGER + " plain");
    }

    @Test
    void aBalancerThatSaysNothingOrGarbageIsHungUpOn() throws Exception {
        start(true);
        assertThat(ask(BALANCER, new byte[0], "")).isEmpty();
        assertThat(ask(BALANCER, version1("PROXY TCP4 x y 1 2"), "")).isEmpty();
        assertThat(ask(BALANCER, version1("PROXY TCP4 192.0.2.7 10.0.0.1 99999 443"), ""))
                .isEmpty();
        assertThat(ask(BALANCER, version2(7, "192.0.2.7", "10.0.0.1"), "")).isEmpty();
    }

    @Test
    void aHeaderThatDoesNotComeIsNotWaitedForLong() throws Exception {
        start(true, Duration.ofMillis(300));
        try (var socket = new Socket(BALANCER, server.actualPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("PROXY TC".getBytes(ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aHeaderMayComeInPiecesAndWithTheRequest() throws Exception {
        start(true);
        try (var socket = new Socket(BALANCER, server.actualPort())) {
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
            byte[] all = (new String(version2(1, "192.0.2.7", "10.0.0.1"), ISO_8859_1)
                            + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .getBytes(ISO_8859_1);
            for (byte each : all) {
                socket.getOutputStream().write(each);
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .endsWith("192.0.2.7 plain");
        }
    }

    @Test
    void aTrustedBalancersForwardedForIsBelievedAndAStrangersIsNot() throws Exception {
        start(false);
        String claims = "X-Forwarded-For: 203.0.113.1, 192.0.2.7, 10.0.0.2\r\nX-Forwarded-Proto: https\r\n";
        assertThat(ask(BALANCER, new byte[0], claims)).endsWith("192.0.2.7 tls");
        assertThat(ask(STRANGER, new byte[0], claims)).endsWith(STRANGER + " plain");
    }

    @Test
    void forwardedForCountsBehindAHeaderOnlyWhereThatNamesABalancer() throws Exception {
        start(true);
        String claims = "X-Forwarded-For: 192.0.2.7\r\n";
        assertThat(ask(BALANCER, version1("PROXY TCP4 10.0.0.9 10.0.0.1 51234 443"), claims))
                .endsWith("192.0.2.7 plain");
        assertThat(ask(BALANCER, version1("PROXY TCP4 203.0.113.1 10.0.0.1 51234 443"), claims))
                .endsWith("203.0.113.1 plain");
    }

    @Test
    void theSchemeIsThatOfTheClientsHop() throws Exception {
        start(false);
        String list = "X-Forwarded-For: 192.0.2.7, 10.0.0.2\r\n";
        assertThat(ask(BALANCER, new byte[0], list + "X-Forwarded-Proto: https, http\r\n"))
                .endsWith("192.0.2.7 tls");
        assertThat(ask(BALANCER, new byte[0], list + "X-Forwarded-Proto: https, http, https\r\n"))
                .endsWith("192.0.2.7 plain");
        assertThat(ask(BALANCER, new byte[0], list + "X-Forwarded-Proto: ,\r\n"))
                .endsWith("192.0.2.7 plain");
        assertThat(ask(BALANCER, new byte[0], "X-Forwarded-Proto: https\r\n")).endsWith(BALANCER + " tls");
    }
}
