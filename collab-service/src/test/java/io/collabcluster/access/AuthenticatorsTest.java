package io.collabcluster.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.access.AccessException.Code;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthenticatorsTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer application;

    @BeforeEach
    void start() {
        application = vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.incrementAndGet();
                    boolean known = "Bearer opaque".equals(request.getHeader("Authorization"));
                    request.response().setStatusCode(known ? 200 : 401).end("{\"id\":\"bob\"}");
                })
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
    void withNothingConfiguredEveryoneIsAGuest() {
        assertThat(Authenticators.of(AccessOptions.GUESTS, vertx)).isInstanceOf(GuestAuthenticator.class);
    }

    @Test
    void aTokenThatVerifiesIsGoodWithoutAsking() {
        String token = Tokens.issue(SignIn.SECRET, "ann", "Ann", Set.of(), Duration.ofHours(1));

        assertThat(SignIn.by(both(), token).userId()).isEqualTo("ann");
        assertThat(asked).hasValue(0);
    }

    @Test
    void aTokenThatHasExpiredIsRefusedWithoutAsking() {
        String token = Tokens.issue(SignIn.SECRET, "ann", "Ann", Set.of(), Duration.ofHours(-1));

        assertThat(SignIn.refused(both(), token).code()).isEqualTo(Code.TOKEN_EXPIRED);
        assertThat(asked).hasValue(0);
    }

    @Test
    void anyOtherTokenIsPutToTheAuthorizationServer() {
        assertThat(SignIn.by(both(), "opaque").userId()).isEqualTo("bob");
        assertThat(SignIn.refused(both(), "unknown").code()).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(asked).hasValue(2);
    }

    @Test
    void whereThereIsSignInThereAreNoGuests() {
        Authenticator authenticator = Authenticators.of(SignIn.secret(SignIn.SECRET), vertx);

        assertThat(SignIn.refused(authenticator, new Authenticator.Credentials(Optional.empty(), Optional.of("Ann")))
                        .code())
                .isEqualTo(Code.UNAUTHENTICATED);
    }

    @Test
    void secretsDontShow() {
        assertThat(SignIn.secret(SignIn.SECRET).toString()).doesNotContain(SignIn.SECRET);
        assertThat(SignIn.token("t0ken").toString()).doesNotContain("t0ken");
    }

    private Authenticator both() {
        return Authenticators.of(
                SignIn.options(
                        Optional.of(SignIn.SECRET),
                        Optional.empty(),
                        Optional.of("http://127.0.0.1:" + application.actualPort() + "/api")),
                vertx);
    }
}
