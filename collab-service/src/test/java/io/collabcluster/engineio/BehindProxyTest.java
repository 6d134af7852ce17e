package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.engineio.TestEngines.Echo;
import io.collabcluster.engineio.TestEngines.TestEngine;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits count clients, not the balancer in front of them. */
@QuarkusTest
@TestProfile(EngineProfile.class)
class BehindProxyTest {

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

    private void start(String trusted) {
        var proxy = new ProxyOptions(List.of(Subnet.parse(trusted).orElseThrow()), false);
        engine = engines.mount(
                options -> options.limits(new EngineLimits(1 << 20, 1 << 20, 1, 1_000))
                        .behind(proxy),
                Admission.OPEN,
                Echo::new);
        client = new TestClient(base, engine.path());
    }

    private HttpResponse<String> handshake(String forwardedFor) {
        return client.send(client.request("EIO=4&transport=polling").header("X-Forwarded-For", forwardedFor));
    }

    @Test
    void everyClientBehindATrustedBalancerHasItsOwnShare() {
        start("127.0.0.0/8");
        assertThat(handshake("192.0.2.1").statusCode()).isEqualTo(200);
        assertThat(handshake("192.0.2.2").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = handshake("192.0.2.1:51234");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("192.0.2.1 has 1 connections");
        assertThat(engine.last().handshake().address()).isEqualTo("192.0.2.2");
    }

    @Test
    void aVerboseLogNamesTheClientThatOpensASessionOrIsRefused() {
        start("127.0.0.0/8");
        try (var sessions = new LogLines(EngineSession.class);
                var denials = new LogLines(Denial.class)) {
            handshake("192.0.2.1");
            client.connectFor("192.0.2.2").join().next();
            handshake("192.0.2.1:51234");
            assertThat(client.connectFor("192.0.2.2")).failsWithin(TestClient.SOON);
            client.send(client.request("EIO=3&transport=polling").header("X-Forwarded-For", "192.0.2.3"));
            assertThat(sessions.all())
                    .filteredOn(line -> line.contains("opened"))
                    .satisfiesExactly(
                            polling -> assertThat(polling).matches("DEBUG Session .{20}: opened by 192\\.0\\.2\\.1"),
                            socket -> assertThat(socket).matches("DEBUG Session .{20}: opened by 192\\.0\\.2\\.2"));
            String full = " has 1 connections, the most that one address may have";
            assertThat(denials.all())
                    .containsExactly(
                            "DEBUG A handshake of 192.0.2.1 is refused: 192.0.2.1" + full,
                            "DEBUG A handshake of 192.0.2.2 is refused: 192.0.2.2" + full,
                            "DEBUG A handshake of 192.0.2.3 is refused: Unsupported protocol version");
        }
    }

    @Test
    void aClientCannotTakeAnothersShareByAHeader() {
        start("10.0.0.0/8");
        assertThat(handshake("192.0.2.1").statusCode()).isEqualTo(200);
        assertThat(handshake("192.0.2.2").body()).contains("127.0.0.1 has 1 connections");
    }
}
