package io.collabcluster.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Speaks Engine.IO to a server by hand: what the test says goes over the wire as it is. */
final class TestClient implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI base;
    private final String path;

    TestClient(URI base, String path) {
        this(base, path, HttpClient.Version.HTTP_1_1);
    }

    TestClient(URI base, String path, HttpClient.Version version) {
        http = HttpClient.newBuilder().version(version).build();
        this.base = base;
        this.path = path;
    }

    int port() {
        return base.getPort();
    }

    URI uri(String query) {
        return base.resolve(path + "/?" + query);
    }

    HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(uri(query)).timeout(SOON);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** The session id of a new polling session. */
    String open() {
        String body = send(request("EIO=4&transport=polling")).body();
        return sid(body);
    }

    static String sid(String open) {
        int start = open.indexOf("\"sid\":\"") + 7;
        return open.substring(start, open.indexOf('"', start));
    }

    HttpResponse<String> get(String sid) {
        return send(request("EIO=4&transport=polling&sid=" + sid));
    }

    CompletableFuture<HttpResponse<String>> getAsync(String sid) {
        return http.sendAsync(request("EIO=4&transport=polling&sid=" + sid).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String sid, String body) {
        return post(sid, BodyPublishers.ofString(body));
    }

    HttpResponse<String> post(String sid, BodyPublisher body) {
        return send(request("EIO=4&transport=polling&sid=" + sid).POST(body));
    }

    CompletableFuture<HttpResponse<String>> postAsync(String sid, BodyPublisher body) {
        return http.sendAsync(
                request("EIO=4&transport=polling&sid=" + sid).POST(body).build(), BodyHandlers.ofString());
    }

    TestSocket webSocket(String query) {
        return connect(query).join();
    }

    CompletableFuture<TestSocket> connect(String query) {
        return connectAt(uri(query));
    }

    CompletableFuture<TestSocket> connectAt(URI http) {
        return connect(this.http.newWebSocketBuilder(), http);
    }

    /** By way of a balancer that says so. */
    CompletableFuture<TestSocket> connectFor(String forwardedFor) {
        var builder = http.newWebSocketBuilder().header("X-Forwarded-For", forwardedFor);
        return connect(builder, uri("EIO=4&transport=websocket"));
    }

    private static CompletableFuture<TestSocket> connect(WebSocket.Builder builder, URI http) {
        URI ws = URI.create(http.toString().replaceFirst("http", "ws"));
        TestSocket socket = new TestSocket();
        return builder.buildAsync(ws, socket).thenApply(open -> {
            socket.webSocket = open;
            return socket;
        });
    }

    /** The answer to a WebSocket handshake that is refused. */
    HttpResponse<?> refusal(String query) {
        return refusalAt(uri(query));
    }

    HttpResponse<?> refusalAt(URI http) {
        try {
            connectAt(http).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse();
            }
            throw e;
        }
        throw new AssertionError("the handshake was not refused: " + http);
    }

    /** A WebSocket session, its open packet read. */
    TestSocket openSocket() {
        TestSocket socket = webSocket("EIO=4&transport=websocket");
        socket.next();
        return socket;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    static final class TestSocket implements WebSocket.Listener {

        static final String CLOSED = "<closed>";

        private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private volatile boolean reading = true;
        private volatile int closeCode;
        private WebSocket webSocket;

        @Override
        public void onOpen(WebSocket opened) {
            opened.request(1);
        }

        void send(String frame) {
            webSocket.sendText(frame, true).join();
        }

        void send(byte[] frame) {
            webSocket.sendBinary(ByteBuffer.wrap(frame), true).join();
        }

        void stopReading() {
            reading = false;
        }

        void abort() {
            webSocket.abort();
        }

        void close() {
            webSocket.sendClose(1000, "").join();
        }

        /** The next text frame, binary frame as {@code byte[]}, or {@link #CLOSED}. */
        Object nextFrame() {
            try {
                Object frame = received.poll(SOON.toSeconds(), TimeUnit.SECONDS);
                if (frame == null) {
                    throw new AssertionError("nothing came within " + SOON);
                }
                return frame;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        String next() {
            return (String) nextFrame();
        }

        int closeCode() {
            return closeCode;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            more(from);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            received.add(bytes);
            more(from);
            return null;
        }

        private void more(WebSocket from) {
            if (reading) {
                from.request(1);
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeCode = code;
            received.add(CLOSED);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            received.add(CLOSED);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String utf8(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
