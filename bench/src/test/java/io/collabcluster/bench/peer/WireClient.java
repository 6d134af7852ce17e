package io.collabcluster.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client that sends and sees the packets as they are. */
final class WireClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    /** Is on the namespace when this returns. */
    WireClient(InetSocketAddress server) {
        socket = HTTP.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + server.getPort() + "/socket.io/?EIO=4&transport=websocket"),
                        new Listener(received))
                .join();
        assertThat(next(packet -> packet.startsWith("0{"))).contains("\"sid\":", "\"pingInterval\":");
        send("40");
        assertThat(next(packet -> packet.startsWith("40"))).contains("\"sid\":");
    }

    void send(String packet) {
        socket.sendText(packet, true).join();
    }

    /** The next packet of an event or an acknowledgement; pings and the greeting of an application are passed over. */
    String next() {
        return next(packet -> packet.startsWith("4") && !packet.startsWith("42[\"auth\""));
    }

    String next(Predicate<String> wanted) {
        try {
            while (true) {
                String packet = received.poll(20, TimeUnit.SECONDS);
                assertThat(packet).as("a packet").isNotNull();
                if (wanted.test(packet)) {
                    return packet;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Listener implements WebSocket.Listener {

        private final BlockingQueue<String> received;
        private final StringBuilder begun = new StringBuilder();

        Listener(BlockingQueue<String> received) {
            this.received = received;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            begun.append(data);
            if (last) {
                received.add(begun.toString());
                begun.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
