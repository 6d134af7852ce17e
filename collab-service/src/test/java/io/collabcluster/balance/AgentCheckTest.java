package io.collabcluster.balance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.status.NodeState;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentCheckTest {

    private final Vertx vertx = Vertx.vertx();
    private volatile NodeState state = NodeState.RUNNING;
    private volatile int load;
    private int port;

    @BeforeEach
    void start() throws Exception {
        port = new AgentCheck(vertx, () -> state, () -> load)
                .listen("127.0.0.1", 0)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String ask() throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
    }

    @ParameterizedTest
    @CsvSource({"0,100", "50,100", "55,90", "75,50", "76,50", "90,20", "99,10", "100,10", "250,10", "-1,100"})
    void aRunningNodeTakesLessTheBusierItIs(int busy, int share) throws IOException {
        load = busy;
        assertThat(ask()).isEqualTo("up ready " + share + "%\n");
    }

    @Test
    void itSaysWhatTheNodeIsDoing() throws IOException {
        state = NodeState.DRAINING;
        assertThat(ask()).isEqualTo("up drain\n");
        state = NodeState.PAUSED;
        assertThat(ask()).isEqualTo("up ready 1%\n");
        state = NodeState.STARTING;
        assertThat(ask()).isEqualTo("down #starting\n");
        state = NodeState.STOPPED;
        assertThat(ask()).isEqualTo("stopped\n");
    }

    @Test
    void whoSendsMuchAndReadsNothingHoldsNobodyUp() throws Exception {
        List<Socket> rude = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                var socket = new Socket("127.0.0.1", port);
                socket.getOutputStream().write(new byte[1000]);
                rude.add(socket);
            }
        } catch (IOException hungUp) {
            // so may it be
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> ask().equals("up ready 100%\n"));
        for (Socket socket : rude) {
            socket.close();
        }
    }
}
