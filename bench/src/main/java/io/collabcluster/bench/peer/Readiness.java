package io.collabcluster.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** When a server can be taken for started. */
enum Readiness {
    /** It takes TCP connections. */
    CONNECTION {
        @Override
        void tryOn(Socket socket) {}
    },

    /** It opens an Engine.IO session over WebSocket. */
    SESSION {
        @Override
        void tryOn(Socket socket) throws IOException {
            socket.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
            String answer = "";
            InputStream in = socket.getInputStream();
            while (!answer.contains(OPEN_PACKET)) {
                byte[] read = in.readNBytes(1);
                if (read.length == 0) {
                    throw new IOException("the handshake was answered: " + answer);
                }
                answer += new String(read, StandardCharsets.ISO_8859_1);
            }
        }
    };

    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String HANDSHAKE = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
            + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private static final String OPEN_PACKET = "0{\"";

    abstract void tryOn(Socket socket) throws IOException;

    /** @throws PeerFailure when the process ended, or a minute has passed */
    void await(ServerProcess process, InetSocketAddress address) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            process.check();
            try (var socket = new Socket()) {
                socket.setSoTimeout((int) DEADLINE.toMillis() / 10);
                socket.connect(address);
                tryOn(socket);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw process.failure(
                            "took no connection within " + DEADLINE.toSeconds() + " s: " + e.getMessage());
                }
                pause(process);
            }
        }
    }

    private static void pause(ServerProcess process) {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw process.failure("was not waited for any longer");
        }
    }
}
