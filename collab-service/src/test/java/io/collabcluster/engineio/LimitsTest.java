package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.engineio.TestClient.TestSocket;
import io.collabcluster.engineio.TestEngines.Echo;
import io.collabcluster.engineio.TestEngines.TestEngine;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may open a session. */
@QuarkusTest
@TestProfile(EngineProfile.class)
class LimitsTest {

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

    private void start(EngineLimits limits, Admission admission) {
        engine = engines.mount(options -> options.limits(limits), admission, Echo::new);
        client = new TestClient(base, engine.path());
    }

    private HttpResponse<String> handshake() {
        return client.send(client.request("EIO=4&transport=polling"));
    }

    @Test
    void anAddressHasSoManyConnectionsAtOnceOnEitherTransport() {
        start(new EngineLimits(1 << 20, 1 << 20, 2, 1_000), Admission.OPEN);
        TestSocket socket = client.openSocket();
        String sid = TestClient.sid(handshake().body());
        HttpResponse<String> refused = handshake();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body())
                .isEqualTo(
                        "{\"code\":4,\"message\":\"127.0.0.1 has 2 connections, the most that one address may have\"}");
        assertThat(refused.headers().firstValue("Retry-After")).contains("10");
        assertThat(client.refusal("EIO=4&transport=websocket").statusCode()).isEqualTo(429);
        assertThat(engine.recorded().refused).containsExactly("connections_per_address", "connections_per_address");

        socket.close();
        await().atMost(TestClient.SOON).until(() -> handshake().statusCode() == 200);
        assertThat(handshake().statusCode()).isEqualTo(429);
        client.post(sid, "1");
        await().atMost(TestClient.SOON).until(() -> handshake().statusCode() == 200);
        // An open session is not touched by its address's limit.
        assertThat(engine.server().sessions()).isEqualTo(2);
    }

    @Test
    void anAddressHasSoManyHandshakesPerSecond() {
        start(new EngineLimits(1 << 20, 1 << 20, 1_000, 1), Admission.OPEN);
        assertThat(handshake().statusCode()).isEqualTo(200);
        // On a busy machine, more than a second may lie between two of them.
        HttpResponse<String> refused = await().atMost(TestClient.SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(this::handshake, answer -> answer.statusCode() == 429);
        assertThat(refused.body())
                .isEqualTo("{\"code\":4,\"message\":\"More than 1 handshakes per second from 127.0.0.1\"}");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(engine.recorded().refused).contains("handshakes_per_second");
        await().atMost(TestClient.SOON).until(() -> handshake().statusCode() == 200);
    }

    @Test
    void whoIsNotAdmittedIsToldWhyAndWhenToComeBack() {
        start(
                EngineLimits.DEFAULTS,
                handshake -> Optional.of(
                        new Admission.Refusal(503, "paused: Postgres is away", Optional.of(Duration.ofSeconds(5)))));
        HttpResponse<String> refused = handshake();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).isEqualTo("{\"code\":4,\"message\":\"paused: Postgres is away\"}");
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        HttpResponse<?> socket = client.refusal("EIO=4&transport=websocket");
        assertThat(socket.statusCode()).isEqualTo(503);
        assertThat(socket.headers().firstValue("Retry-After")).contains("5");
        assertThat(engine.recorded().opened).hasValue(0);
        assertThat(engine.recorded().refused).containsExactly("admission", "admission");
    }

    @Test
    void admissionSeesTheHandshake() {
        start(
                EngineLimits.DEFAULTS,
                handshake -> "let me in".equals(handshake.headers().get("x-word"))
                                && handshake.query().get("EIO").getFirst().equals("4")
                                && handshake.address().equals("127.0.0.1")
                                && handshake.url().startsWith(engine.path() + "/?EIO=4")
                        ? Optional.empty()
                        : Optional.of(new Admission.Refusal(403, "Forbidden", Optional.empty())));
        HttpResponse<String> refused = handshake();
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        assertThat(client.send(client.request("EIO=4&transport=polling").header("X-Word", "let me in"))
                        .statusCode())
                .isEqualTo(200);
    }
}
