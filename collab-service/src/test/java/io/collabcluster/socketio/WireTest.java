package io.collabcluster.socketio;

import static io.collabcluster.socketio.FakeSession.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.engineio.EngineProfile;
import io.collabcluster.socketio.echo.EngineEcho;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Socket.IO behaviours of the protocol's test suite, frame by frame over a real WebSocket. */
@QuarkusTest
@TestProfile(EngineProfile.class)
class WireTest {

    @Inject
    TestServers servers;

    @TestHTTPResource
    URI base;

    private TestServers.TestServer echo;
    private WireClient client;

    @BeforeEach
    void start() {
        echo = servers.echo(SocketIoOptions.DEFAULTS);
        client = WireClient.open(base, echo.path());
    }

    @AfterEach
    void stop() {
        client.close();
        echo.server().close();
    }

    private WireClient joined() {
        client.send("40");
        client.next(2);
        return client;
    }

    @Test
    void connectsToTheMainNamespace() {
        assertThat((String) client.send("40").next()).matches("40\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}");
        assertThat(client.next()).isEqualTo("42[\"auth\",{}]");
    }

    @Test
    void connectsWithAPayload() {
        client.send("40{\"token\":\"123\"}").next();
        assertThat(client.next()).isEqualTo("42[\"auth\",{\"token\":\"123\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"40/custom,", "40/custom"})
    void connectsToACustomNamespace(String packet) {
        assertThat((String) client.send(packet).next()).matches("40/custom,\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}");
        assertThat(client.next()).isEqualTo("42/custom,[\"auth\",{}]");
    }

    @Test
    void connectsToACustomNamespaceWithAPayload() {
        client.send("40/custom,{\"token\":\"abc\"}").next();
        assertThat(client.next()).isEqualTo("42/custom,[\"auth\",{\"token\":\"abc\"}]");
    }

    @Test
    void anUnknownNamespaceIsRefusedAndTheConnectionStaysOpen() {
        assertThat(client.send("40/random").next()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        assertThat((String) client.send("40").next()).startsWith("40{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4abc",
                "42{}",
                "42abc[\"message-with-ack\",1,\"2\",{\"3\":[false]}]",
                "42[\"connect\"]",
                "42[\"disconnect\"]",
                "42[\"newListener\"]",
                "42/custom,[\"message\"]",
                "40",
                "44{\"message\":\"no\"}",
                "43abc[]",
                "411{}",
                "451-[\"message\"",
                "4511-[\"message\",{\"_placeholder\":true,\"num\":0}]",
            })
    void whatMayNotBeSentClosesTheConnection(String packet) {
        assertThat(joined().send(packet).next()).isEqualTo(WireClient.CLOSED);
    }

    @Test
    void anEventBeforeConnectClosesTheConnection() {
        assertThat(client.send("42[\"message\"]").next()).isEqualTo(WireClient.CLOSED);
    }

    @Test
    void anAttachmentThatNobodyAnnouncedClosesTheConnection() {
        assertThat(joined().send(new byte[] {1}).next()).isEqualTo(WireClient.CLOSED);
    }

    @Test
    void leavingTheMainNamespaceLeavesTheConnectionOpen() {
        assertThat((String) joined().send("41", "40").next()).startsWith("40{\"sid\":");
    }

    @Test
    void leavingACustomNamespaceDoesNotTouchTheMainOne() {
        joined().send("40/custom");
        client.next(2);
        client.send("41/custom", "42[\"message\",\"message to main namespace\"]");
        assertThat(client.next()).isEqualTo("42[\"message-back\",\"message to main namespace\"]");
    }

    @Test
    void textComesBackByteForByte() {
        String args = "1,\"2\",{\"3\":[true]},{\"z\":1.00,\"a\":-0,\"é\":\"\\u00e9 \\/ 😀\"}, 1e5";
        assertThat(joined().send("42[\"message\"," + args + "]").next())
                .isEqualTo("42[\"message-back\"," + args.replace(", 1e5", ",1e5") + "]");
    }

    @Test
    void attachmentsComeBackRightAfterTheirText() {
        joined().send(
                        "452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                        new byte[] {1, 2, 3},
                        new byte[] {4, 5, 6});
        assertThat(client.next(3))
                .containsExactly(
                        "452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                        bytes(1, 2, 3),
                        bytes(4, 5, 6));
    }

    @Test
    void eventsAreAcknowledged() {
        assertThat(joined().send("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]")
                        .next())
                .isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
        client.send(
                "452-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                new byte[] {1, 2, 3},
                new byte[] {4, 5, 6});
        assertThat(client.next(3))
                .containsExactly(
                        "462-789[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                        bytes(1, 2, 3),
                        bytes(4, 5, 6));
    }

    @Test
    void aSessionThatJoinsNothingIsClosed() {
        var impatient =
                servers.echo(new SocketIoOptions(Duration.ofMillis(100), false, false, 10, 1_000, Optional.empty()));
        try (var idle = WireClient.open(base, impatient.path())) {
            assertThat(idle.next()).isEqualTo(WireClient.CLOSED);
        }
    }

    @Test
    void attachmentsStayTogetherWhileOthersBroadcast() throws Exception {
        joined();
        var broadcaster = new Thread(() -> {
            for (int i = 0; i < 500; i++) {
                echo.server().of("/").emit("noise", i);
            }
        });
        broadcaster.start();
        for (int i = 0; i < 50; i++) {
            client.send("451-[\"message\",{\"_placeholder\":true,\"num\":0}," + i + "]", new byte[] {(byte) i});
        }
        broadcaster.join(10_000);
        int echoes = 0;
        int noise = 0;
        while (echoes < 50 || noise < 500) {
            Object frame = client.next();
            if (((String) frame).startsWith("42[\"noise\"," + noise + "]")) {
                noise++;
            } else {
                assertThat(frame).isEqualTo("451-[\"message-back\",{\"_placeholder\":true,\"num\":0}," + echoes + "]");
                assertThat(client.next()).isEqualTo(bytes(echoes++));
            }
        }
    }

    @Test
    void aLostClientComesBackForWhatItMissed() {
        var recovering = servers.echo(Fixture.recovering(Duration.ofMinutes(2), true));
        var main = recovering.server().of("/");
        String answer;
        try (var lost = WireClient.open(base, recovering.path())) {
            answer = (String) lost.send("40").next();
            assertThat(lost.next()).isEqualTo("42[\"auth\",{},\"1\"]");
        }
        main.emit("missed", new byte[] {9});
        String pid = answer.replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
        try (var back = WireClient.open(base, recovering.path())) {
            back.send("40{\"pid\":\"" + pid + "\",\"offset\":\"1\"}");
            assertThat(back.next(3))
                    .containsExactly(answer, "451-[\"missed\",{\"_placeholder\":true,\"num\":0},\"2\"]", bytes(9));
        }
    }

    @Test
    void aBareEngineSendsEveryMessageBack() {
        var engine = servers.mount(echo.path() + "-engine", new EngineEcho());
        try (var bare = WireClient.open(base, echo.path() + "-engine")) {
            var big = new byte[100_000];
            Arrays.fill(big, (byte) 7);
            assertThat(bare.send("4hello").next()).isEqualTo("4hello");
            assertThat(bare.send(new byte[] {1, 2}).next()).isEqualTo(bytes(1, 2));
            bare.send(big);
            int received = 0;
            while (received < big.length) {
                received += ((List<?>) bare.next()).size();
            }
            assertThat(received).isEqualTo(big.length);
        }
        assertThat(engine.sessions()).isNotNegative();
    }
}
