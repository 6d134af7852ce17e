package io.collabcluster.bench.tap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TapsTest {

    private static final int DEADLINE_MILLIS = 20_000;

    private final Taps taps = new Taps((byte) 'x', 100);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(DEADLINE_MILLIS);
    }

    @AfterEach
    void end() throws IOException {
        taps.close();
        server.close();
    }

    private Socket connect() throws IOException {
        var client = new Socket();
        client.setSoTimeout(DEADLINE_MILLIS);
        client.connect(taps.open((InetSocketAddress) server.getLocalSocketAddress()));
        return client;
    }

    private static byte[] message(String before) {
        return (before + "x".repeat(100) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void whatTheServerSendsIsPassedOnAndCounted() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            byte[] message = message("a");
            for (int i = 0; i < 1_000; i++) {
                accepted.getOutputStream().write(message);
            }

            byte[] read = client.getInputStream().readNBytes(1_000 * message.length);

            assertThat(read).startsWith(message).endsWith(message);
            assertThat(taps.all()).singleElement().satisfies(tap -> {
                assertThat(tap.messages()).isEqualTo(1_000);
                assertThat(tap.bytes()).isEqualTo(1_000L * message.length);
            });
        }
    }

    @Test
    void whatTheNodeSendsIsPassedOnAndDoesNotCount() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            accepted.setSoTimeout(DEADLINE_MILLIS);
            byte[] message = message("b");
            client.getOutputStream().write(message);

            assertThat(accepted.getInputStream().readNBytes(message.length)).isEqualTo(message);
            assertThat(taps.all().getFirst().messages()).isZero();
        }
    }

    @Test
    void eachTapCountsItsOwn() throws IOException {
        byte[] message = message("c");
        try (Socket one = connect();
                Socket accepted = server.accept();
                Socket other = connect();
                Socket acceptedNext = server.accept()) {
            accepted.getOutputStream().write(message);
            accepted.getOutputStream().write(message);
            acceptedNext.getOutputStream().write(message);
            one.getInputStream().readNBytes(2 * message.length);
            other.getInputStream().readNBytes(message.length);

            assertThat(taps.all()).extracting(Tap::messages).containsExactly(2L, 1L);
        }
    }

    @Test
    void anEndOfOneSideIsAnEndOfBoth() throws IOException {
        try (Socket client = connect()) {
            server.accept().close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            accepted.setSoTimeout(DEADLINE_MILLIS);
            client.shutdownOutput();
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whereThereIsNoServerTheConnectionEnds() throws IOException {
        server.close();
        try (Socket client = connect()) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }
}
