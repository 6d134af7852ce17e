package io.collabcluster.socketio;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket on which a test says and hears every frame itself. */
final class WireClient implements WebSocket.Listener, AutoCloseable {

    static final String CLOSED = "<closed>";

    private final BlockingQueue<Object> frames = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket webSocket;

    private WireClient(URI uri) {
        webSocket = http.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    /** Its Engine.IO open packet is read. */
    static WireClient open(URI http, String path) {
        var client = new WireClient(URI.create("ws://" + http.getAuthority() + path + "/?EIO=4&transport=websocket"));
        client.next();
        return client;
    }

    WireClient send(Object... all) {
        for (Object frame : all) {
            if (frame instanceof byte[] bytes) {
                webSocket.sendBinary(ByteBuffer.wrap(bytes), true).join();
            } else {
                webSocket.sendText((String) frame, true).join();
            }
        }
        return this;
    }

    /** The next text, list of bytes, or {@link #CLOSED}; pings are answered and left out. */
    Object next() {
        try {
            Object frame = frames.poll(10, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("nothing came within 10 s");
            }
            if (frame.equals("2")) {
                send("3");
                return next();
            }
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Object> next(int count) {
        var all = new ArrayList<Object>();
        for (int i = 0; i < count; i++) {
            all.add(next());
        }
        return all;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            frames.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        var bytes = new ArrayList<Byte>();
        while (data.hasRemaining()) {
            bytes.add(data.get());
        }
        frames.add(bytes);
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        frames.add(CLOSED);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        frames.add(CLOSED);
    }

    @Override
    public void close() {
        webSocket.abort();
        http.shutdownNow();
    }
}
