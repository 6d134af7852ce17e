package io.collabcluster.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.engineio.Client;
import io.collabcluster.engineio.NodeId;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StrangersTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int READ_MILLIS = (int) SOON.toMillis();
    private static final NodeId SELF = new NodeId("n001");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NodeSecret secret = new NodeSecret(Optional.of("a secret that is long enough for it"));
    private final AtomicInteger served = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();
    private NodeServer server;

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whoSaysNothingIsClosed() throws IOException {
        listen(new Strangers.Bounds(100, Duration.ofMillis(100)));
        assertThat(connect().getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void whoNeverEndsARequestIsClosed() throws IOException {
        listen(new Strangers.Bounds(100, Duration.ofMillis(100)));
        var socket = connect();
        socket.getOutputStream().write("GET / HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void aNodeMayRestOnItsConnection() throws IOException {
        listen(new Strangers.Bounds(100, Duration.ofMillis(300)));
        var node = connect();
        ask(node);
        // That the stranger, who came later, is closed shows that the node's time would have been up.
        assertThat(connect().getInputStream().read()).isEqualTo(-1);
        ask(node);
        assertThat(served).hasValue(2);
    }

    @Test
    void whereThereAreTooManyWhoWaitedLongestGoes() throws IOException {
        listen(new Strangers.Bounds(2, Duration.ofHours(1)));
        var node = connect();
        ask(node);
        var first = connect();
        var second = connect();
        connect();
        assertThat(first.getInputStream().read()).isEqualTo(-1);
        connect();
        assertThat(second.getInputStream().read()).isEqualTo(-1);
        ask(node);
        ask(connect());
        assertThat(served).hasValue(3);
    }

    @Test
    void whoLeavesMakesRoom() throws IOException {
        var strangers = new Strangers.Bounds(1, Duration.ofHours(1));
        listen(strangers);
        for (int i = 0; i < 3; i++) {
            connect().close();
        }
        ask(connect());
        assertThat(served).hasValue(1);
    }

    private void listen(Strangers.Bounds bounds) {
        server = new NodeServer(
                vertx,
                Optional.empty(),
                secret,
                () -> Optional.of(SELF),
                request -> {
                    served.incrementAndGet();
                    request.response().end("served");
                },
                new ForwardMetrics(),
                bounds);
        TestRegistry.await(server.listen("127.0.0.1", 0));
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(READ_MILLIS);
        sockets.add(socket);
        return socket;
    }

    /** As a node does. */
    private void ask(Socket socket) throws IOException {
        var headers = MultiMap.caseInsensitiveMultiMap();
        Proof.of(secret, SELF, HttpMethod.GET, "/", new Client("127.0.0.1", false))
                .orElseThrow()
                .put(headers);
        var head = new StringBuilder("GET / HTTP/1.1\r\nHost: x\r\n");
        headers.forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("served")) {
            int next = socket.getInputStream().read();
            assertThat(next).as(answer.toString()).isNotNegative();
            answer.append((char) next);
        }
    }
}
