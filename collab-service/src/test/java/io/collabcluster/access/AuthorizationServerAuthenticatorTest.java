package io.collabcluster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collabcluster.access.AccessException.Code;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The application's server, played by one of this test's own. */
class AuthorizationServerAuthenticatorTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicReference<Consumer<HttpServerRequest>> answer = new AtomicReference<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));

    private HttpServer application;
    private Authenticator authenticator;

    @BeforeEach
    void start() {
        application = vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.add(request.path() + " " + request.getHeader("Authorization"));
                    answer.get().accept(request);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        authenticator = authenticator(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theServerIsAskedByBearerTokenAndItsAnswerIsTheIdentity() {
        answer(
                200,
                "{\"id\":\"ann\",\"name\":\"Ann A.\",\"groups\":[\"admin\"],\"expiresAt\":\"2030-01-01T01:00:00Z\"}");

        Identity ann = SignIn.by(authenticator, "t0ken");

        assertThat(asked).containsExactly("/api/sessions/userInfo Bearer t0ken");
        assertThat(ann)
                .isEqualTo(new Identity(
                        "ann", "Ann A.", Set.of("admin"), Optional.of(Instant.parse("2030-01-01T01:00:00Z"))));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`{\"sub\":\"ann\"}` | ann | ``",
                "`{\"userId\":7,\"fullName\":\"Ann\"}` | Ann | ``",
                "`{\"id\":\"ann\",\"exp\":1893459600}` | ann | 2030-01-01T01:00:00Z",
                "`{\"id\":\"ann\",\"exp\":1893459600000}` | ann | 2030-01-01T01:00:00Z",
            })
    void severalWaysOfSayingItAreUnderstood(String body, String name, String expires) {
        answer(200, body);

        Identity identity = SignIn.by(authenticator, "t0ken");

        assertThat(identity.name()).isEqualTo(name);
        assertThat(identity.expiresAt())
                .isEqualTo(expires.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(expires)));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusalIsTheClients(int status) {
        answer(status, "");

        assertThat(SignIn.refused(authenticator, "t0ken").code()).isEqualTo(Code.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "500 | ``",
                "302 | ``",
                "404 | ``",
                "200 | ``",
                "200 | `<html>`",
                "200 | `[]`",
                "200 | `{\"name\":\"Ann\"}`",
                "200 | `{\"id\":\"ann\",\"expiresAt\":\"soon\"}`",
                "200 | `{\"id\":\"guest:ann\"}`",
            })
    void anyOtherAnswerSaysThatTheServerIsUnavailable(int status, String body) {
        answer(status, body);

        AccessException refusal = SignIn.refused(authenticator, "t0ken");

        assertThat(refusal.code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(refusal).hasMessageStartingWith("the authorization server ");
    }

    @Test
    void aServerThatNeverAnswersIsUnavailableAfterTheDeadline() {
        answer.set(_ -> {});

        AccessException refusal = SignIn.refused(authenticator(Duration.ofMillis(300)), "t0ken");

        assertThat(refusal.code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(refusal).hasMessageContaining("doesn't answer");
    }

    @Test
    void whoGaveUpWaitingForAConnectionKeepsNone() {
        answer.set(_ -> {});
        Authenticator impatient = authenticator(Duration.ofMillis(300));
        List<CompletableFuture<Identity>> many = IntStream.range(0, 200)
                .mapToObj(i -> impatient.authenticate(SignIn.token("t0ken" + i)).subscribeAsCompletionStage())
                .toList();
        many.forEach(one -> assertThat(one).failsWithin(Duration.ofSeconds(10)));

        answer(200, "{\"id\":\"ann\",\"name\":\"Ann A.\"}");

        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> SignIn.by(impatient, "t0ken").userId().equals("ann"));
    }

    @Test
    void aServerThatStopsInTheMiddleIsUnavailableAfterTheDeadline() {
        answer.set(request -> request.response().setChunked(true).write("{\"id\":"));

        assertThat(SignIn.refused(authenticator(Duration.ofMillis(300)), "t0ken")
                        .code())
                .isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void anAnswerWithoutEndIsNotRead() {
        answer(200, "{\"id\":\"ann\",\"name\":\"" + "a".repeat(100_000) + "\"}");

        assertThat(SignIn.refused(authenticator, "t0ken").code()).isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void aServerThatIsAwayIsUnavailableAndItsCheckSaysSo() {
        application.close().toCompletionStage().toCompletableFuture().join();

        assertThat(SignIn.refused(authenticator, "t0ken").code()).isEqualTo(Code.UNAVAILABLE);
        assertThatThrownBy(() -> authenticator.check().await().atMost(Duration.ofSeconds(20)))
                .isInstanceOf(AccessException.class)
                .hasMessage("the authorization server doesn't answer");
    }

    @Test
    void theCheckAsksWithoutATokenAndTakesARefusalForLife() {
        answer(401, "");

        authenticator.check().await().atMost(Duration.ofSeconds(20));

        assertThat(asked).containsExactly("/api/sessions/userInfo null");
    }

    @Test
    void theCheckFailsWhereTheServerFails() {
        answer(503, "");

        assertThatThrownBy(() -> authenticator.check().await().atMost(Duration.ofSeconds(20)))
                .hasMessage("the authorization server answers 503");
    }

    @Test
    void aGoodAnswerCountsForHalfAMinute() {
        answer(200, "{\"id\":\"ann\"}");
        SignIn.by(authenticator, "t0ken");
        now.set(now.get().plusSeconds(29));
        SignIn.by(authenticator, "t0ken");
        assertThat(asked).hasSize(1);
        now.set(now.get().plusSeconds(2));
        SignIn.by(authenticator, "t0ken");

        assertThat(asked).hasSize(2);
    }

    @Test
    void aGoodAnswerCountsNoLongerThanTheTokenDoes() {
        answer(200, "{\"id\":\"ann\",\"expiresAt\":\"2030-01-01T00:00:05Z\"}");
        SignIn.by(authenticator, "t0ken");
        now.set(now.get().plusSeconds(6));

        assertThat(SignIn.refused(authenticator, "t0ken").code()).isEqualTo(Code.TOKEN_EXPIRED);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aRefusalIsNeverKept() {
        answer(401, "");
        SignIn.refused(authenticator, "t0ken");
        answer(200, "{\"id\":\"ann\"}");

        assertThat(SignIn.by(authenticator, "t0ken").userId()).isEqualTo("ann");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nX-Evil: 1", "ä"})
    void whatCantStandInAHeaderIsRefusedWithoutAsking(String token) {
        assertThat(SignIn.refused(authenticator, token).code()).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(asked).isEmpty();
    }

    @Test
    void noMoreThanItsBoundIsKept() {
        RecentIdentities recent = new RecentIdentities(Duration.ofSeconds(30), 3, now::get);
        for (int i = 0; i < 10; i++) {
            recent.keep("token-" + i, new Identity("u" + i, "n", Set.of(), Optional.empty()));
        }

        assertThat(recent.size()).isEqualTo(3);
        assertThat(recent.find("token-6")).isEmpty();
        assertThat(recent.find("token-9")).map(Identity::userId).contains("u9");
    }

    private Authenticator authenticator(Duration deadline) {
        return new AuthorizationServerAuthenticator(
                SignIn.server("http://127.0.0.1:" + application.actualPort() + "/api/"), vertx, deadline, now::get);
    }

    private void answer(int status, String body) {
        answer.set(request -> request.response().setStatusCode(status).end(body));
    }
}
