package io.collabcluster.collab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.collabcluster.collab.store.PostgresException.Kind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool and the migrations both; certificates are made by openssl, and tell the name localhost only. */
class PostgresTlsTest {

    @TempDir
    static Path folder;

    private static final Vertx VERTX = Vertx.vertx();
    private static EmbeddedPostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        for (String authority : List.of("root", "stranger")) {
            openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=" + authority)
                    .writing(authority);
        }
        Path names = Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost\n");
        certificate("server", "localhost", names);
        certificate("client", "collab", names);
        Files.createDirectories(folder.resolve("data"));
        for (Path programs : TestPostgres.programs()) {
            Files.createSymbolicLink(folder.resolve("data").resolve(programs.getFileName()), programs.toAbsolutePath());
        }
        server = EmbeddedPostgresServer.start(
                folder.resolve("data"),
                Map.of(
                        "ssl", "on",
                        "ssl_cert_file", folder.resolve("server.pem").toString(),
                        "ssl_key_file", folder.resolve("server.key").toString(),
                        "ssl_ca_file", folder.resolve("root.pem").toString()));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void withARootCertificateTheServerIsVerified() {
        assertThat(encrypted(options("localhost", Optional.of("root"), Optional.empty())))
                .isEqualTo("true null");
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() {
        refused(options("localhost", Optional.of("stranger"), Optional.empty()));
    }

    @Test
    void aServerOfAnotherNameIsRefused() {
        refused(options("127.0.0.1", Optional.of("root"), Optional.empty()));
    }

    @Test
    void theClientProvesItselfWithItsCertificate() {
        assertThat(encrypted(options("localhost", Optional.of("root"), Optional.of("client"))))
                .isEqualTo("true /CN=collab");
    }

    @Test
    void withAClientCertificateAloneTheServerIsNotVerified() {
        assertThat(encrypted(options("127.0.0.1", Optional.empty(), Optional.of("client"))))
                .isEqualTo("true /CN=collab");
    }

    @Test
    void aCertificateWithoutItsKeyIsTold() {
        var options = options("localhost", Optional.of("root"), Optional.of("client"));
        var withoutKey = new PostgresOptions(
                options.url(),
                options.host(),
                options.port(),
                options.database(),
                options.username(),
                options.password(),
                options.sslRootCert(),
                options.sslClientCert(),
                Optional.empty(),
                1);
        assertThatThrownBy(() -> new Postgres(VERTX, withoutKey)).hasMessageContaining("sslClientKeyFile");
    }

    @Test
    void aServerWithoutTlsIsRefusedWhenTlsIsAskedFor() {
        PostgresOptions plain = TestPostgres.emptyDatabase("plain");
        refused(new PostgresOptions(
                Optional.empty(),
                "localhost",
                plain.port(),
                plain.database(),
                plain.username(),
                plain.password(),
                Optional.of(folder.resolve("root.pem")),
                Optional.empty(),
                Optional.empty(),
                1));
    }

    private static String encrypted(PostgresOptions options) {
        done(new Schema(VERTX, options).migrate(reason -> {
            throw new AssertionError(reason);
        }));
        try (var postgres = new Postgres(VERTX, options)) {
            Row row = done(postgres.query(
                            "select ssl, client_dn from pg_stat_ssl where pid = pg_backend_pid()", Tuple.tuple()))
                    .iterator()
                    .next();
            return row.getBoolean(0) + " " + row.getString(1);
        }
    }

    private static void refused(PostgresOptions options) {
        try (var postgres = new Postgres(VERTX, options)) {
            assertThatThrownBy(() -> done(postgres.check())).isInstanceOfSatisfying(PostgresException.class, fault -> {
                assertThat(fault.kind()).isEqualTo(Kind.UNAVAILABLE);
                assertThat(fault.getMessage()).contains(options.host()).doesNotContain("\n");
            });
        }
        var reasons = new ArrayList<String>();
        assertThatThrownBy(() -> done(new Schema(VERTX, options).migrate(reason -> {
                    reasons.add(reason);
                    throw new IllegalStateException("enough");
                })))
                .hasMessageContaining("enough");
        assertThat(reasons).hasSize(1);
    }

    private static PostgresOptions options(String host, Optional<String> root, Optional<String> client) {
        PostgresOptions options = server.options(1);
        return new PostgresOptions(
                Optional.empty(),
                host,
                options.port(),
                options.database(),
                options.username(),
                options.password(),
                root.map(name -> folder.resolve(name + ".pem")),
                client.map(name -> folder.resolve(name + ".pem")),
                client.map(name -> folder.resolve(name + ".key")),
                1);
    }

    private static void certificate(String name, String commonName, Path names) throws Exception {
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + commonName)
                .run("-keyout", file(name + ".key"), "-out", file(name + ".csr"));
        openssl("x509", "-req", "-days", "2", "-CAcreateserial", "-extfile", names.toString())
                .run(
                        "-in",
                        file(name + ".csr"),
                        "-CA",
                        file("root.pem"),
                        "-CAkey",
                        file("root.key"),
                        "-out",
                        file(name + ".pem"));
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    private static Openssl openssl(String... arguments) {
        return new Openssl(List.of(arguments));
    }

    private record Openssl(List<String> arguments) {

        void writing(String name) throws Exception {
            run("-keyout", file(name + ".key"), "-out", file(name + ".pem"));
        }

        void run(String... more) throws IOException, InterruptedException {
            var command = new ArrayList<>(List.of("openssl"));
            command.addAll(arguments);
            command.addAll(List.of(more));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(output).isZero();
        }
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
