package io.collabcluster.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.access.AccessException.Code;
import io.collabcluster.config.Certificates;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authorization server whose certificate no public CA knows. */
class TrustedCertsTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private HttpServer application;
    private Certificates own;

    @BeforeEach
    void start() {
        own = Certificates.make(folder, "application", "EC");
        application = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setKeyPath(own.privateKey().toString())
                                .setCertPath(own.certificate().toString())))
                .requestHandler(request -> request.response().end("{\"id\":\"ann\"}"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void itIsTrustedWhereTheConfigurationSaysSo() {
        assertThat(SignIn.by(trusting(List.of(own.certificate())), "t0ken").userId())
                .isEqualTo("ann");
    }

    @Test
    void itIsNotTrustedOtherwise() {
        Certificates other = Certificates.make(folder, "other", "EC");

        assertThat(SignIn.refused(trusting(List.of()), "t0ken").code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(SignIn.refused(trusting(List.of(other.certificate())), "t0ken")
                        .code())
                .isEqualTo(Code.UNAVAILABLE);
    }

    private Authenticator trusting(List<Path> certificates) {
        return Authenticators.of(
                new AccessOptions(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        Optional.of("https://127.0.0.1:" + application.actualPort() + "/api"),
                        "/who",
                        certificates),
                vertx);
    }
}
