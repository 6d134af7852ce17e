package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.engineio.TestClient.TestSocket;
import io.collabcluster.engineio.TestEngines.TestEngine;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From polling to WebSocket. */
@QuarkusTest
@TestProfile(EngineProfile.class)
class UpgradeTest {

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

    private void echo() {
        echo(UnaryOperator.identity());
    }

    private void echo(UnaryOperator<OptionsOf> options) {
        engine = engines.echo(options);
        client = new TestClient(base, engine.path());
    }

    private TestSocket socket(String sid) {
        return client.webSocket("EIO=4&transport=websocket&sid=" + sid);
    }

    private void isRefused(String sid) {
        assertThat(client.refusal("EIO=4&transport=websocket&sid=" + sid).statusCode())
                .isEqualTo(400);
    }

    private TestSocket upgraded(String sid) {
        TestSocket socket = socket(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        socket.send("5");
        return socket;
    }

    private void awaitPoll() {
        await().atMost(TestClient.SOON).until(() -> Sampled.on(engine.last(), Session::writable));
    }

    @Test
    void aProbedWebSocketTakesTheSessionOver() {
        echo();
        String sid = client.open();
        TestSocket socket = upgraded(sid);
        socket.send("4hello");
        assertThat(socket.next()).isEqualTo("4hello");
        assertThat(engine.recorded().upgraded).hasValue(1);
        assertThat(engine.server().sessionsByTransport())
                .containsEntry(TransportName.WEBSOCKET, 1)
                .containsEntry(TransportName.POLLING, 0);
        assertThat(Sampled.on(engine.last(), Session::transport)).isEqualTo(TransportName.WEBSOCKET);
    }

    @Test
    void aPollThatWaitsIsAnsweredWithNoopByTheProbe() {
        echo();
        String sid = client.open();
        CompletableFuture<HttpResponse<String>> poll = client.getAsync(sid);
        awaitPoll();
        TestSocket socket = socket(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        assertThat(poll.join().statusCode()).isEqualTo(200);
        assertThat(poll.join().body()).isEqualTo("6");
    }

    @Test
    void aPollThatComesDuringTheProbeIsAnsweredWithNoop() {
        echo();
        String sid = client.open();
        TestSocket socket = socket(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        assertThat(client.get(sid).body()).isEqualTo("6");
    }

    @Test
    void messagesDuringTheProbeStillTravelByPolling() {
        echo();
        String sid = client.open();
        TestSocket socket = socket(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        assertThat(client.post(sid, "4during").body()).isEqualTo("ok");
        assertThat(client.get(sid).body()).isEqualTo("4during");
        socket.send("5");
        socket.send("4after");
        assertThat(socket.next()).isEqualTo("4after");
    }

    @Test
    void whatWaitedForAPollLeavesByTheWebSocket() {
        echo();
        String sid = client.open();
        client.post(sid, "4one\u001e4two");
        TestSocket socket = upgraded(sid);
        assertThat(socket.next()).isEqualTo("4one");
        assertThat(socket.next()).isEqualTo("4two");
    }

    @Test
    void afterTheUpgradePollingIs400() {
        echo();
        String sid = client.open();
        TestSocket socket = upgraded(sid);
        await().atMost(TestClient.SOON).until(() -> engine.recorded().upgraded.get() == 1);
        assertThat(client.get(sid).statusCode()).isEqualTo(400);
        assertThat(client.post(sid, "4late").statusCode()).isEqualTo(400);
        socket.send("4hello");
        assertThat(socket.next()).isEqualTo("4hello");
    }

    @Test
    void aSecondWebSocketIsRefusedAndTheFirstGoesOn() {
        echo();
        String sid = client.open();
        TestSocket socket = upgraded(sid);
        await().atMost(TestClient.SOON).until(() -> engine.recorded().upgraded.get() == 1);
        isRefused(sid);
        socket.send("4hello");
        assertThat(socket.next()).isEqualTo("4hello");
    }

    @Test
    void aSecondWebSocketDuringTheProbeIsRefused() {
        echo();
        String sid = client.open();
        TestSocket socket = socket(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        isRefused(sid);
        socket.send("5");
        socket.send("4hello");
        assertThat(socket.next()).isEqualTo("4hello");
    }

    @Test
    void aWebSocketThatSaysSomethingElseIsClosedAndPollingGoesOn() {
        echo();
        String sid = client.open();
        for (String frame : List.of("2", "4hello", "2probe2", "")) {
            TestSocket socket = socket(sid);
            socket.send(frame);
            assertThat(socket.next()).isEqualTo(TestSocket.CLOSED);
        }
        client.post(sid, "4polling");
        assertThat(client.get(sid).body()).isEqualTo("4polling");
        assertThat(engine.recorded().texts).containsExactly("polling");
    }

    @Test
    void aProbeThatIsNotCompletedInTimeIsClosedAndPollingGoesOn() {
        echo(options -> options.upgradeTimeout(200));
        String sid = client.open();
        TestSocket socket = socket(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        assertThat(socket.next()).isEqualTo(TestSocket.CLOSED);
        client.post(sid, "4polling");
        assertThat(client.get(sid).body()).isEqualTo("4polling");
    }

    @Test
    void aProbeThatBreaksOffLeavesPollingAlone() {
        echo();
        String sid = client.open();
        TestSocket socket = socket(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        socket.abort();
        client.post(sid, "4polling");
        assertThat(client.get(sid).body()).isEqualTo("4polling");
        await().atMost(TestClient.SOON).until(() -> {
            try {
                return socket(sid) != null;
            } catch (RuntimeException stillUpgrading) {
                return false;
            }
        });
    }

    @Test
    void withoutAllowUpgradesNoneIsOfferedAndNoneSucceeds() {
        echo(OptionsOf::noUpgrades);
        HttpResponse<String> open = client.send(client.request("EIO=4&transport=polling"));
        assertThat(open.body()).contains("\"upgrades\":[]");
        isRefused(TestClient.sid(open.body()));
    }

    @Test
    void aSessionThatEndsDuringTheProbeClosesItsWebSocket() {
        echo();
        String sid = client.open();
        TestSocket socket = socket(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        client.post(sid, "1");
        assertThat(socket.next()).isEqualTo(TestSocket.CLOSED);
    }

    @Test
    void sessionsUpgradeAcrossEventLoopsAndKeepTheOrder() {
        echo();
        List<TestSocket> sockets = new ArrayList<>();
        Set<Object> homes = new HashSet<>();
        for (int i = 0; i < 16; i++) {
            // A client of its own, so that each handshake comes on a connection, and maybe a loop, of its own.
            try (TestClient fresh = new TestClient(base, engine.path());
                    TestClient other = new TestClient(base, engine.path())) {
                if (i % 2 == 0) {
                    // Connections go to the loops in turn: now the next one goes to another.
                    other.get("abcdefghijklmnopqrst");
                }
                sockets.add(upgraded(fresh.open()));
                homes.add(engine.last().loop());
            }
        }
        assertThat(homes).hasSizeGreaterThan(1);
        sockets.forEach(socket -> {
            for (int n = 0; n < 200; n++) {
                socket.send("4" + n);
            }
        });
        sockets.forEach(socket -> {
            for (int n = 0; n < 200; n++) {
                assertThat(socket.next()).isEqualTo("4" + n);
            }
        });
    }
}
