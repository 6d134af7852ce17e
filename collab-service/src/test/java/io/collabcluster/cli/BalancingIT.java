package io.collabcluster.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.FreePorts;
import io.collabcluster.config.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running program does for the balancers in front of it. 127.0.0.1 is one, 127.0.0.2 is not. */
class BalancingIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String HANDSHAKE =
            "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    @TempDir
    Path folder;

    private CollabProcess serve(int port, String more) throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"host\":\"127.0.0.1\",\"port\":" + port + ",\"diagnostics\":{\"echo\":true}" + more + "}");
        return CollabProcess.start(folder, Map.of(), "serve", "config.json").awaitListening();
    }

    private static Socket connect(String from, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.setSoTimeout((int) SOON.toMillis());
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        return socket;
    }

    /** All that comes back; empty where the connection is cut. */
    private static String exchange(Socket socket, String request) throws IOException {
        try (socket) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException cut) {
            return "";
        }
    }

    @Test
    void aTrustedBalancersProxyHeaderNamesTheClientThatIsCounted() throws Exception {
        int port = FreePorts.next();
        try (CollabProcess _ = serve(
                port,
                ",\"proxy\":{\"trusted\":[\"127.0.0.1\"],\"protocol\":true},\"limits\":{\"connectionsPerAddress\":1}")) {
            String header = "PROXY TCP4 192.0.2.7 127.0.0.1 51234 443\r\n";
            await().atMost(SOON).until(() -> exchange(connect("127.0.0.1", port), header + HANDSHAKE)
                    .startsWith("HTTP/1.1 200"));
            assertThat(exchange(connect("127.0.0.1", port), header + HANDSHAKE))
                    .startsWith("HTTP/1.1 429")
                    .contains("192.0.2.7 has 1 connections");
            assertThat(exchange(connect("127.0.0.2", port), HANDSHAKE)).startsWith("HTTP/1.1 200");
            assertThat(exchange(connect("127.0.0.2", port), header + HANDSHAKE)).doesNotContain("200 OK");
            assertThat(exchange(connect("127.0.0.1", port), HANDSHAKE)).isEmpty();
        }
    }

    @Test
    void theHeaderStandsBeforeTls() throws Exception {
        int port = FreePorts.next();
        Certificates own = Certificates.make(folder, "own", "EC");
        try (CollabProcess _ = serve(
                port,
                ",\"enableTls\":true,\"privateKeyFile\":\"own.key\",\"publicCertFile\":\"own.crt\""
                        + ",\"proxy\":{\"trusted\":[\"127.0.0.1\"],\"protocol\":true}")) {
            SSLContext tls = trusting(own);
            await().atMost(SOON).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
                Socket plain = connect("127.0.0.1", port);
                plain.getOutputStream().write("PROXY TCP4 192.0.2.7 127.0.0.1 51234 443\r\n".getBytes(ISO_8859_1));
                SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", port, true);
                return exchange(socket, HANDSHAKE).startsWith("HTTP/1.1 200");
            });
        }
    }

    private static SSLContext trusting(Certificates own) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        try (InputStream in = Files.newInputStream(own.certificate())) {
            store.setCertificateEntry(
                    "own", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void theAgentSaysThatTheNodeIsReady() throws Exception {
        int port = FreePorts.next();
        int agent = FreePorts.next();
        try (CollabProcess _ = serve(port, ",\"agentCheck\":{\"port\":" + agent + "}")) {
            await().atMost(SOON)
                    .until(() -> exchange(connect("127.0.0.1", agent), "").startsWith("up ready "));
        }
    }

    @Test
    void anAgentsPortThatIsTakenIsSaidClearly() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    folder.resolve("config.json"),
                    "{\"host\":\"127.0.0.1\",\"port\":" + FreePorts.next() + ",\"diagnostics\":{\"echo\":true}"
                            + ",\"agentCheck\":{\"port\":" + taken.getLocalPort() + "}}");
            try (CollabProcess collab = CollabProcess.start(folder, Map.of(), "serve", "config.json")) {
                assertThat(collab.exitStatus()).isEqualTo(1);
                assertThat(collab.err())
                        .contains("agentCheck.port " + taken.getLocalPort() + " can't be listened on")
                        .doesNotContain("\tat ");
            }
        }
    }
}
