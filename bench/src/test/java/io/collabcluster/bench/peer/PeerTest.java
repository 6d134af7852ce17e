package io.collabcluster.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every peer is started, and talked to over its whole wire. One that is absent is skipped. */
class PeerTest {

    private static final StartOptions OFTEN = new StartOptions(0, Duration.ofMillis(500), RedisRoute.DIRECT);
    private static final String DATA = "x".repeat(200);

    static Stream<String> ids() {
        return known().map(Peer::id);
    }

    private static Stream<Peer> known() {
        return Stream.concat(Peer.all().stream(), Peer.clusters().stream());
    }

    private static Peer present(String id) {
        Peer peer = known().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
        // A test doesn't build the server.
        assumeTrue(!id.startsWith("collab-jvm") || serverIsBuilt(), "the server is not built");
        Optional<String> absence = peer.absence();
        assumeTrue(absence.isEmpty(), () -> absence.orElse(""));
        return peer;
    }

    private static boolean serverIsBuilt() {
        return System.getenv("COLLAB_BENCH_SERVER") != null
                || Files.exists(
                        BenchFolders.here().checkout().resolve("collab-service/target/quarkus-app/quarkus-run.jar"));
    }

    private static String polled(InetSocketAddress address) throws IOException {
        var url = URI.create("http://127.0.0.1:" + address.getPort() + "/socket.io/?EIO=4&transport=polling");
        try (InputStream body = url.toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theyStandInTheOrderOfTheTable() {
        assertThat(ids())
                .containsExactly(
                        "node-socketio",
                        "node-socketio-redis",
                        "node-ws",
                        "netty-socketio",
                        "netty",
                        "collab-jvm",
                        "collab-native",
                        "collab-jvm-redis",
                        "collab-native-redis");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aPeerSpeaksTheWholeWire(String id) throws IOException {
        try (RunningPeer running = present(id).start(OFTEN)) {
            List<InetSocketAddress> addresses = running.addresses();
            try (var one = new WireClient(addresses.getFirst());
                    var other = new WireClient(addresses.getLast())) {
                for (WireClient client : List.of(one, other)) {
                    client.send("420[\"join\",\"room-1\"]");
                    assertThat(client.next()).isEqualTo("430[]");
                }
                for (String data : List.of("short", DATA)) {
                    one.send("42[\"publish\",\"room-1\",\"" + data + "\"]");
                    assertThat(one.next()).isEqualTo("42[\"message\",\"" + data + "\"]");
                    assertThat(other.next()).isEqualTo("42[\"message\",\"" + data + "\"]");
                }
                one.send("42[\"publish\",\"room-2\",\"" + DATA + "\"]");
                one.send("4217[\"message-with-ack\",\"" + DATA + "\"]");
                assertThat(one.next()).isEqualTo("4317[\"" + DATA + "\"]");
                for (int i = 0; i < 3; i++) {
                    other.next("2"::equals);
                    other.send("3");
                }
            }
            assertThat(running.usage().cpuSeconds()).isPositive();
            assertThat(running.usage().residentBytes()).isGreaterThan(10_000_000);
            assertThat(addresses).hasSize(present(id).nodes());
            assertThat(running.redis().isPresent()).isEqualTo(addresses.size() > 1);
            if (present(id).polling()) {
                assertThat(polled(addresses.getFirst())).startsWith("0{").contains("\"upgrades\":[\"websocket\"]");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aPeerThatWasKilledComesBackOnItsPorts(String id) {
        Peer peer = present(id);
        List<InetSocketAddress> addresses;
        try (RunningPeer first = peer.start(StartOptions.DEFAULT)) {
            addresses = first.addresses();
            addresses.forEach(address -> new WireClient(address).close());
            first.kill();
            assertThatThrownBy(first::usage).isInstanceOf(PeerFailure.class).hasMessageContaining("ended");
        }
        try (RunningPeer second =
                peer.start(StartOptions.DEFAULT.at(addresses.getFirst().getPort()))) {
            assertThat(second.addresses()).isEqualTo(addresses);
            addresses.forEach(address -> new WireClient(address).close());
        }
    }

    @Test
    void aJavaMachineHasTheOptionsOfTheServersAndThoseOfTheUserBehindThem() {
        var peer = new JvmPeer("a", "A", false, NettySocketIoServer.class);
        var address = new InetSocketAddress("127.0.0.1", 1);

        assertThat(peer.command(OFTEN, address, Map.of("COLLAB_JAVA_OPTIONS", " -Xmx1g  -Da=b ")))
                .containsSubsequence(
                        "@" + BenchFolders.here().serveOptions(),
                        "-Xmx1g",
                        "-Da=b",
                        "-cp",
                        NettySocketIoServer.class.getName(),
                        "1",
                        "500")
                .doesNotContain("");
        assertThat(peer.command(OFTEN, address, Map.of())).doesNotContain("");
    }

    @Test
    void aServerThatEndsAtOnceIsAFailureWithItsOutput() {
        var broken = new CollabServer(List.of("sh", "-c", "echo the reason; exit 3"), "", "");
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        assertThatThrownBy(() -> broken.start("Broken", config, 0))
                .isInstanceOf(PeerFailure.class)
                .hasMessage("Broken ended with exit code 3. The end of its output:\nthe reason");
    }
}
