package io.collabcluster.socketio;

import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.Handshake;
import io.collabcluster.engineio.OutboundMessage;
import io.collabcluster.engineio.Session;
import io.collabcluster.engineio.SessionHandler;
import io.collabcluster.engineio.SessionListener;
import io.collabcluster.engineio.TransportName;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A session without a transport: what it is sent is kept, and the test says what its client sends. */
public final class FakeSession implements Session {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String id = "%020d".formatted(COUNT.incrementAndGet());
    private final EventLoop loop;
    private final List<Object> sent = new CopyOnWriteArrayList<>();
    private SessionListener listener;
    private volatile CloseReason closed;
    private volatile boolean writable = true;
    private volatile int held;
    private int room = Integer.MAX_VALUE;

    private FakeSession(EventLoop loop) {
        this.loop = loop;
    }

    public static FakeSession open(SessionHandler handler, EventLoop loop) {
        var session = new FakeSession(loop);
        session.run(() -> session.listener = handler.opened(session));
        return session;
    }

    /** Runs on the loop, and waits until it has run. */
    public void run(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    /** The client sends texts ({@code String}) and attachments ({@code byte[]}); returns when they were taken. */
    public FakeSession receive(Object... messages) {
        run(() -> {
            for (Object message : messages) {
                if (message instanceof byte[] bytes) {
                    listener.binary(bytes);
                } else {
                    listener.text((String) message);
                }
            }
        });
        return this;
    }

    /** The transport ends. */
    public void end(CloseReason reason) {
        run(() -> close(reason));
    }

    /** What the client was sent: texts, and attachments as lists of bytes, so that they can be compared. */
    public List<Object> sent() {
        run(() -> {});
        return List.copyOf(sent);
    }

    /** What the client was sent since the last time. */
    public List<Object> take() {
        var taken = new ArrayList<Object>();
        run(() -> {
            taken.addAll(sent);
            sent.clear();
        });
        return taken;
    }

    public void writable(boolean value) {
        writable = value;
    }

    /** After so many further messages the client is too slow. */
    public void room(int messages) {
        run(() -> room = messages);
    }

    public CloseReason closeReason() {
        run(() -> {});
        return closed;
    }

    public int held() {
        run(() -> {});
        return held;
    }

    public static List<Byte> bytes(int... values) {
        var bytes = new ArrayList<Byte>();
        for (int value : values) {
            bytes.add((byte) value);
        }
        return bytes;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public Handshake handshake() {
        return new Handshake("/socket.io/?EIO=4", List.of(), "127.0.0.1", false, Instant.EPOCH);
    }

    @Override
    public TransportName transport() {
        return TransportName.WEBSOCKET;
    }

    @Override
    public boolean writable() {
        onLoop();
        return writable;
    }

    @Override
    public void send(OutboundMessage message) {
        onLoop();
        message.retain();
        if (closed == null && room-- == 0) {
            close(CloseReason.SLOW_CONSUMER);
        }
        if (closed == null) {
            sent.add(message.text());
            for (byte[] attachment : message.attachments()) {
                var bytes = new ArrayList<Byte>();
                for (byte b : attachment) {
                    bytes.add(b);
                }
                sent.add(bytes);
            }
        }
        message.release();
    }

    @Override
    public void hold(int bytes) {
        onLoop();
        held += bytes;
    }

    @Override
    public void unhold(int bytes) {
        onLoop();
        held -= bytes;
    }

    @Override
    public void close(CloseReason reason) {
        onLoop();
        if (closed == null) {
            closed = reason;
            listener.closed(reason);
        }
    }

    private void onLoop() {
        if (!loop.inEventLoop()) {
            throw new AssertionError("called off the session's loop");
        }
    }
}
