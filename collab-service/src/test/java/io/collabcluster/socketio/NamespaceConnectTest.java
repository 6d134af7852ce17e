package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.engineio.CloseReason;
import io.collabcluster.socketio.echo.EchoApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT, and what a client may not do about it. */
class NamespaceConnectTest {

    private static final CompletionStage<Void> ADMITTED = CompletableFuture.completedStage(null);

    private Fixture fixture;

    @BeforeEach
    void start() {
        fixture = new Fixture();
        EchoApplication.install(fixture.server);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void connectIsAnsweredWithNothingButTheSocketsId() {
        var session = fixture.session().receive("0");
        assertThat((String) session.sent().getFirst()).matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}");
        assertThat(session.sent().getLast()).isEqualTo("2[\"auth\",{}]");
    }

    @Test
    void theAuthObjectIsKeptAsItIs() {
        assertThat(fixture.session().receive("0{\"token\": 1.0}").sent().getLast())
                .isEqualTo("2[\"auth\",{\"token\": 1.0}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/custom", "0/custom,"})
    void anotherNamespaceIsJoinedOnTheSameSession(String packet) {
        var session = fixture.session().receive("0");
        session.take();
        session.receive(packet);
        assertThat((String) session.sent().getFirst()).matches("0/custom,\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}");
        assertThat(session.sent().getLast()).isEqualTo("2/custom,[\"auth\",{}]");
    }

    @Test
    void leavingANamespaceDoesNotTouchTheOther() {
        var session = fixture.session().receive("0", "0/custom");
        session.take();
        session.receive("1/custom", "2[\"message\",\"to the main one\"]");
        assertThat(session.sent()).containsExactly("2[\"message-back\",\"to the main one\"]");
        assertThat(fixture.server.of("/custom").size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/random", "0/random,", "0/random,{\"a\":1}"})
    void anUnknownNamespaceIsRefusedAndTheSessionStaysOpen(String packet) {
        var session = fixture.session().receive(packet);
        assertThat(session.sent()).containsExactly("4/random,{\"message\":\"Invalid namespace\"}");
        session.receive("0");
        assertThat(session.sent()).hasSize(3);
        assertThat(session.closeReason()).isNull();
    }

    @Test
    void leavingTheMainNamespaceLeavesTheSessionOpenAndItCanBeJoinedAgain() {
        var session = fixture.session().receive("0", "1");
        session.take();
        assertThat(session.closeReason()).isNull();
        session.receive("0");
        assertThat((String) session.sent().getFirst()).startsWith("0{\"sid\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "2{}", "2abc[\"message\"]", "2[\"disconnect\"]", "2[\"connect\"]", "0[]"})
    void whatIsNoPacketClosesTheSession(String packet) {
        var session = fixture.session().receive("0", packet);
        assertThat(session.closeReason()).isEqualTo(CloseReason.PARSE_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4{\"message\":\"no\"}", "2/custom,[\"message\"]", "1/custom", "3/custom,1[]"})
    void aBreachOfTheProtocolClosesTheSession(String packet) {
        var session = fixture.session().receive("0", packet);
        assertThat(session.closeReason()).isEqualTo(CloseReason.FORCED_SERVER_CLOSE);
    }

    @Test
    void anEventBeforeConnectClosesTheSession() {
        assertThat(fixture.session().receive("2[\"message\"]").closeReason())
                .isEqualTo(CloseReason.FORCED_SERVER_CLOSE);
    }

    @Test
    void afterItsCloseNothingOfASessionIsServed() {
        var session = fixture.session().receive("0", "abc", "2[\"message\",1]", new byte[1]);
        assertThat(session.sent()).hasSize(2);
        assertThat(fixture.server.of("/").size()).isZero();
    }

    @Test
    void aSessionThatJoinsNothingIsClosed() {
        try (var impatient = new Fixture(Fixture.options(Duration.ofMillis(50), 10, false))) {
            var idle = impatient.session();
            var joined = impatient.session().receive("0");
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(idle.closeReason()).isEqualTo(CloseReason.FORCED_SERVER_CLOSE));
            assertThat(joined.closeReason()).isNull();
        }
    }

    @Test
    void middlewaresAreAskedInOrderAndMayWait() {
        var asked = new ArrayList<String>();
        var gate = new CompletableFuture<Void>();
        fixture.server.of("/").use(socket -> {
            asked.add("first");
            socket.put(String.class, "kept");
            return gate;
        });
        fixture.server.of("/").use(socket -> {
            asked.add("second " + socket.get(String.class).orElseThrow()
                    + socket.loop().inEventLoop());
            return ADMITTED;
        });
        var session = fixture.session().receive("0");
        assertThat(session.sent()).isEmpty();
        assertThat(asked).containsExactly("first");
        gate.completeAsync(() -> null);
        await().atMost(Duration.ofSeconds(5)).until(() -> session.sent().size() == 2);
        assertThat(asked).containsExactly("first", "second kepttrue");
    }

    @Test
    void aRefusalReachesTheClientWithItsData() {
        var connected = new ArrayList<Socket>();
        fixture.server.of("/custom").onConnection(connected::add);
        fixture.server
                .of("/custom")
                .use(socket -> CompletableFuture.failedStage(
                        new ConnectRefusal("not \"you\"", Optional.of(new Json("{\"code\": 7}")))));
        var session = fixture.session().receive("0/custom,");
        assertThat(session.sent()).containsExactly("4/custom,{\"message\":\"not \\\"you\\\"\",\"data\":{\"code\": 7}}");
        assertThat(session.closeReason()).isNull();
        assertThat(connected).isEmpty();
        assertThat(fixture.server.of("/custom").size()).isZero();
    }

    @Test
    void anUnexpectedFailureTellsTheClientNothing() {
        fixture.server.of("/a").use(socket -> {
            throw new IllegalStateException("secret");
        });
        fixture.server
                .of("/b")
                .use(socket -> CompletableFuture.supplyAsync(() -> {
                    throw new IllegalStateException("secret");
                }));
        var session = fixture.session().receive("0/a", "0/b");
        await().atMost(Duration.ofSeconds(5)).until(() -> session.sent().size() == 2);
        assertThat(session.sent())
                .containsExactly(
                        "4/a,{\"message\":\"Internal server error\"}", "4/b,{\"message\":\"Internal server error\"}");
    }

    @Test
    void aMiddlewareThatNeverAnswersIsNotWaitedForForever() {
        try (var impatient = new Fixture(Fixture.options(Duration.ofMillis(50), 10, false))) {
            impatient.server.of("/slow").use(socket -> new CompletableFuture<>());
            var session = impatient.session().receive("0", "0/slow");
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> session.sent().contains("4/slow,{\"message\":\"timeout\"}"));
        }
    }

    @Test
    void whileAMiddlewareIsAskedTheNamespaceIsNotJoined() {
        fixture.server.of("/slow").use(socket -> new CompletableFuture<>());
        assertThat(fixture.session().receive("0/slow", "2/slow,[\"m\"]").closeReason())
                .isEqualTo(CloseReason.FORCED_SERVER_CLOSE);
        assertThat(fixture.session().receive("0/slow", "0/slow").closeReason())
                .isEqualTo(CloseReason.FORCED_SERVER_CLOSE);
    }

    @Test
    void aSocketWhoseSessionClosesWhileItIsAskedForNeverConnects() {
        var gate = new CompletableFuture<Void>();
        var connected = new ArrayList<Socket>();
        fixture.server.of("/slow").onConnection(connected::add).use(socket -> {
            socket.join("room");
            return gate;
        });
        var session = fixture.session().receive("0/slow");
        assertThat(fixture.server.of("/slow").hasRoom("room")).isTrue();
        session.end(CloseReason.TRANSPORT_CLOSE);
        gate.complete(null);
        session.run(() -> {});
        assertThat(connected).isEmpty();
        assertThat(fixture.server.of("/slow").hasRoom("room")).isFalse();
    }

    @Test
    void aConnectionListenerThatFailsDoesNotStopTheOthers() {
        var seen = new ArrayList<String>();
        fixture.server
                .of("/x")
                .onConnection(socket -> {
                    throw new IllegalStateException("broken");
                })
                .onConnection(socket -> seen.add(socket.id()));
        var session = fixture.session().receive("0/x");
        assertThat(seen).hasSize(1);
        assertThat(session.closeReason()).isNull();
    }

    @Test
    void aSocketKnowsItsHandshake() {
        var client = fixture.connect(fixture.one, "0{\"token\":\"t\"}");
        assertThat(client.socket().handshake().auth().tree().path("token").asText())
                .isEqualTo("t");
        assertThat(client.socket().handshake().request().address()).isEqualTo("127.0.0.1");
        assertThat(client.socket().recovered()).isFalse();
        assertThat(List.of(client.socket().id()))
                .doesNotContain(client.session().id());
    }
}
