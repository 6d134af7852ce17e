package io.collabcluster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collabcluster.cluster.FreePorts;
import io.collabcluster.config.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is run. */
class CollabProcessIT {

    @TempDir
    Path folder;

    @Test
    void theVersionIsPrintedWithoutStartingAnything() {
        try (CollabProcess collab = CollabProcess.start(folder, Map.of(), "--version")) {
            assertThat(collab.exitStatus()).isZero();
            assertThat(collab.out()).startsWith("Collab Cluster ");
        }
    }

    @Test
    void aConfigurationWithFaultsIsATableAndStatus2() throws IOException {
        config("{\"prot\":1}");
        try (CollabProcess collab = CollabProcess.start(folder, Map.of(), "serve", "config.json")) {
            assertThat(collab.exitStatus()).isEqualTo(2);
            assertThat(collab.err())
                    .contains("config.json:1:9", "perhaps \"port\"")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aTokenIsPrintedAlone() {
        Map<String, String> secret = Map.of("COLLAB_ACCESS_JWTSECRET", "a secret of at least thirty-two characters");
        try (CollabProcess collab = CollabProcess.start(folder, secret, "token", "--user", "ann")) {
            assertThat(collab.exitStatus()).isZero();
            assertThat(collab.out()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\n");
            assertThat(collab.err()).isEmpty();
        }
    }

    @Test
    void aPortInUseIsSaidClearlyAndNothingIsStarted() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            config("{\"host\":\"127.0.0.1\",\"port\":" + taken.getLocalPort() + "}");
            try (CollabProcess collab = CollabProcess.start(folder, Map.of(), "serve", "config.json")) {
                assertThat(collab.exitStatus()).isEqualTo(1);
                assertThat(collab.err())
                        .contains("port " + taken.getLocalPort() + " is in use", "COLLAB_PORT=")
                        .doesNotContain("\tat ");
                assertThat(folder.resolve("data")).doesNotExist();
            }
        }
    }

    @Test
    void aDataFolderThatCantBeOneIsSaidClearly() throws IOException {
        Files.writeString(folder.resolve("data"), "a file");
        config("{\"host\":\"127.0.0.1\",\"port\":" + FreePorts.next() + "}");
        try (CollabProcess collab = CollabProcess.start(folder, Map.of(), "serve", "config.json")) {
            assertThat(collab.exitStatus()).isEqualTo(1);
            assertThat(collab.err())
                    .contains("The server can't start: ", "data", "What to do: ")
                    .doesNotContain("\tat ");
            assertThat(collab.out()).doesNotContain("\tat ");
        }
    }

    @Test
    void plainHttpIsServedOnTheConfiguredPortByTheConfiguredEventLoops() throws Exception {
        int port = FreePorts.next();
        config(echo(port, ",\"cpus\":3"));
        try (CollabProcess _ = serve()) {
            HttpClient client = HttpClient.newHttpClient();
            assertThat(get(client, "http", port)).isEqualTo(200);
            HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/q/metrics"))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            assertThat(client.send(metrics, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("collab_event_loop_lag_seconds{loop=\"2\"}")
                    .doesNotContain("{loop=\"3\"}");
        }
    }

    @Test
    void withPemFilesThePortServesTlsOnly() throws Exception {
        int port = FreePorts.next();
        Certificates own = Certificates.make(folder, "own", "EC");
        config(echo(port, ",\"enableTls\":true,\"privateKeyFile\":\"own.key\",\"publicCertFile\":\"own.crt\""));
        try (CollabProcess _ = serve()) {
            servesTlsOnly(port, own);
        }
    }

    @Test
    void withAPkcs12FileThePortServesTlsOnly() throws Exception {
        int port = FreePorts.next();
        Certificates own = Certificates.make(folder, "own", "RSA");
        config(echo(
                port, ",\"enableTls\":true,\"keystoreFile\":\"own.p12\",\"passphrase\":\"" + own.passphrase() + '"'));
        try (CollabProcess collab = serve()) {
            servesTlsOnly(port, own);
            assertThat(collab.out() + collab.err()).doesNotContain(own.passphrase());
        }
    }

    private CollabProcess serve() {
        return CollabProcess.start(folder, Map.of(), "serve", "config.json").awaitListening();
    }

    private static void servesTlsOnly(int port, Certificates own) throws Exception {
        HttpClient trusting =
                HttpClient.newBuilder().sslContext(trusting(own.certificate())).build();

        assertThat(get(trusting, "https", port)).isEqualTo(200);
        assertThatThrownBy(() -> get(HttpClient.newHttpClient(), "https", port)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(HttpClient.newHttpClient(), "http", port)).isInstanceOf(IOException.class);
    }

    private static int get(HttpClient client, String scheme, int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + "/status"))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static SSLContext trusting(Path certificate) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "own", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String echo(int port, String more) {
        return "{\"host\":\"127.0.0.1\",\"port\":" + port + ",\"diagnostics\":{\"echo\":true}" + more + "}";
    }

    private void config(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
    }
}
