package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.engineio.EngineProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.socket.client.Ack;
import io.socket.client.AckWithTimeout;
import io.socket.client.IO;
import io.socket.client.Manager;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official Java client, on both transports. */
@QuarkusTest
@TestProfile(EngineProfile.class)
class JavaClientTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    TestServers servers;

    @TestHTTPResource
    URI base;

    private final List<io.socket.client.Socket> clients = new ArrayList<>();
    private TestServers.TestServer echo;

    @BeforeEach
    void start() {
        echo = servers.echo(SocketIoOptions.DEFAULTS);
    }

    @AfterEach
    void stop() {
        clients.forEach(io.socket.client.Socket::disconnect);
        echo.server().close();
    }

    private io.socket.client.Socket client(String namespace, Map<String, String> auth, String... transports) {
        var options = IO.Options.builder()
                .setForceNew(true)
                .setPath(echo.path() + "/")
                .setTransports(transports)
                .setReconnectionDelay(10)
                .setReconnectionDelayMax(50)
                .setAuth(auth)
                .build();
        var socket = IO.socket(URI.create("http://" + base.getAuthority() + namespace), options);
        clients.add(socket);
        return socket;
    }

    private io.socket.client.Socket connected(String... transports) {
        var socket = client("/", Map.of(), transports);
        socket.connect();
        await().atMost(SOON).until(socket::connected);
        return socket;
    }

    private static BlockingQueue<Object[]> received(io.socket.client.Socket socket, String event) {
        var queue = new LinkedBlockingQueue<Object[]>();
        socket.on(event, queue::add);
        return queue;
    }

    private static Object[] next(BlockingQueue<Object[]> queue) throws InterruptedException {
        Object[] args = queue.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(args).as("an event within %s", SOON).isNotNull();
        return args;
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void theAuthObjectReachesTheServer(String transports) throws Exception {
        var socket = client("/custom", Map.of("token", "a\"b"), transports.split(","));
        var auth = received(socket, "auth");
        socket.connect();
        assertThat(((JSONObject) next(auth)[0]).getString("token")).isEqualTo("a\"b");
        assertThat(echo.server().of("/custom").find(socket.id())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void messagesComeBack(String transports) throws Exception {
        var socket = connected(transports.split(","));
        var back = received(socket, "message-back");
        socket.emit("message", 1, "zwei ☃", new JSONObject("{\"3\":[true]}"), new JSONArray("[1,[2]]"));
        Object[] args = next(back);
        assertThat(args[0]).isEqualTo(1);
        assertThat(args[1]).isEqualTo("zwei ☃");
        assertThat(args[2]).hasToString("{\"3\":[true]}");
        assertThat(args[3]).hasToString("[1,[2]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void binaryComesBack(String transports) throws Exception {
        var socket = connected(transports.split(","));
        var back = received(socket, "message-back");
        var nested = new JSONObject().put("x", new byte[] {4, 5}).put("n", 1);
        socket.emit("message", new byte[] {1, 2, 3}, nested, new byte[0]);
        Object[] args = next(back);
        assertThat((byte[]) args[0]).containsExactly(1, 2, 3);
        assertThat((byte[]) ((JSONObject) args[1]).get("x")).containsExactly(4, 5);
        assertThat((byte[]) args[2]).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void eventsAreAcknowledged(String transports) throws Exception {
        var socket = connected(transports.split(","));
        var answers = new LinkedBlockingQueue<Object[]>();
        socket.emit("message-with-ack", new Object[] {1, "2", new byte[] {3}}, (Ack) answers::add);
        Object[] args = next(answers);
        assertThat(args[0]).isEqualTo(1);
        assertThat(args[1]).isEqualTo("2");
        assertThat((byte[]) args[2]).containsExactly(3);
    }

    @Test
    void whatNobodyAcknowledgesTimesOutAtTheClient() throws Exception {
        var socket = connected("websocket");
        var timedOut = new CompletableFuture<Boolean>();
        socket.emit("nobody-listens", new Object[] {1}, new AckWithTimeout(50) {
            @Override
            public void onTimeout() {
                timedOut.complete(true);
            }

            @Override
            public void onSuccess(Object... args) {
                timedOut.complete(false);
            }
        });
        assertThat(timedOut.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theClientAcknowledgesTheServersEvents() throws Exception {
        var socket = connected("polling");
        socket.on("ask", args -> ((Ack) args[1]).call(args[0], new byte[] {7}));
        var serverSide = echo.server().of("/").find(socket.id()).orElseThrow();
        var answer = serverSide
                .emitWithAck(SOON, "ask", Map.of("k", 1))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(answer.json(0).text()).isEqualTo("{\"k\":1}");
        assertThat(answer.binary(1)).contains(new byte[] {7});
    }

    @Test
    void severalNamespacesShareAConnection() throws Exception {
        var socket = connected("websocket");
        Manager manager = socket.io();
        var custom = manager.socket("/custom");
        clients.add(custom);
        custom.connect();
        await().atMost(SOON).until(custom::connected);
        assertThat(custom.id()).isNotEqualTo(socket.id());
        assertThat(echo.engine().sessions()).isEqualTo(1);
        custom.disconnect();
        await().atMost(SOON).until(() -> echo.server().of("/custom").size() == 0);
        var back = received(socket, "message-back");
        socket.emit("message", "still here");
        assertThat(next(back)[0]).isEqualTo("still here");
    }

    @Test
    void aRefusalIsAConnectErrorWithItsData() throws Exception {
        echo.server()
                .of("/members")
                .use(socket -> CompletableFuture.failedStage(
                        new ConnectRefusal("members only", Optional.of(new Json("{\"code\":7}")))));
        var refused = client("/members", Map.of(), "websocket");
        var errors = received(refused, io.socket.client.Socket.EVENT_CONNECT_ERROR);
        refused.connect();
        var error = (JSONObject) next(errors)[0];
        assertThat(error.getString("message")).isEqualTo("members only");
        assertThat(error.getJSONObject("data").getInt("code")).isEqualTo(7);

        var unknown = client("/nowhere", Map.of(), "polling");
        var others = received(unknown, io.socket.client.Socket.EVENT_CONNECT_ERROR);
        unknown.connect();
        assertThat(((JSONObject) next(others)[0]).getString("message")).isEqualTo("Invalid namespace");
    }

    @Test
    void aClientThatLosesItsSessionComesBack() throws Exception {
        // By polling: on a WebSocket this client does not answer a close frame, and notices by its ping timeout only.
        var socket = connected("polling");
        var reasons = received(socket, io.socket.client.Socket.EVENT_DISCONNECT);
        String first = socket.id();
        echo.engine().forEach(session -> session.close(io.collabcluster.engineio.CloseReason.TRANSPORT_ERROR));
        next(reasons);
        await().atMost(SOON).until(() -> socket.connected() && !first.equals(socket.id()));
        var back = received(socket, "message-back");
        socket.emit("message", "again");
        assertThat(next(back)[0]).isEqualTo("again");
    }

    @Test
    void theServerDisconnectsAClient() throws Exception {
        var socket = connected("websocket");
        var reasons = received(socket, io.socket.client.Socket.EVENT_DISCONNECT);
        echo.server().of("/").find(socket.id()).orElseThrow().disconnect(false);
        assertThat(next(reasons)[0]).isEqualTo("io server disconnect");
    }

    @Test
    void aBroadcastReachesEveryMemberOfARoomInOrder() throws Exception {
        var all = List.of(connected("polling"), connected("websocket"), connected("polling", "websocket"));
        var queues = all.stream().map(socket -> received(socket, "tick")).toList();
        var main = echo.server().of("/");
        main.to(all.get(0).id(), all.get(1).id(), all.get(2).id()).socketsJoin("room");
        for (int i = 0; i < 100; i++) {
            main.to("room").emit("tick", i, new byte[] {(byte) i});
        }
        for (var queue : queues) {
            for (int i = 0; i < 100; i++) {
                Object[] args = next(queue);
                assertThat(args[0]).isEqualTo(i);
                assertThat((byte[]) args[1]).containsExactly(i);
            }
        }
    }
}
