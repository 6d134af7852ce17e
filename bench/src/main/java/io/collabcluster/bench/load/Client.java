package io.collabcluster.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;

/**
 * One client of the Socket.IO protocol, v5 over Engine.IO v4, on the namespace {@code /}. It parses nothing: a packet is
 * compared with those that it knows. For one event loop.
 */
public final class Client {

    /** Carries packets as text. */
    interface Wire {

        void open(Client client);

        /** Takes the packet over. */
        void send(ByteBuf packet);

        void reading(boolean on);

        void close();
    }

    private static final ByteBuf CONNECT = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(Text.ascii("40")));
    private static final ByteBuf PONG = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(Text.ascii("3")));

    private final Wire wire;
    private final EventLoop loop;
    private final Behaviour behaviour;
    private volatile boolean ready;
    private volatile boolean closed;

    Client(Wire wire, EventLoop loop, Behaviour behaviour) {
        this.wire = wire;
        this.loop = loop;
        this.behaviour = behaviour;
    }

    void open() {
        wire.open(this);
    }

    /** An Engine.IO packet, from one index up to another. */
    void packet(ByteBuf in, int from, int to, long now) {
        switch (in.getByte(from)) {
            case '4' -> message(in, from, to, now);
            case '2' -> wire.send(PONG.duplicate());
            case '0' -> wire.send(CONNECT.duplicate());
            case '1' -> close();
            default -> {
                // A no-operation packet.
            }
        }
    }

    private void message(ByteBuf in, int from, int to, long now) {
        switch (in.getByte(from + 1)) {
            case '2' -> delivered(in, from, to, now);
            case '3' -> acknowledged(in, from + 2, to, now);
            case '0' -> {
                ready = true;
                behaviour.ready(this);
            }
            default -> close();
        }
    }

    private void delivered(ByteBuf in, int from, int to, long now) {
        if (!Text.startsWith(in, from, to, Text.MESSAGE)) {
            return;
        }
        if (Text.isWhole(in, from, to)) {
            int data = from + Text.MESSAGE.length;
            behaviour.delivered(this, Payload.number(in, data), now - Payload.nanos(in, data));
        } else {
            behaviour.altered(this);
        }
    }

    private void acknowledged(ByteBuf in, int from, int to, long now) {
        int at = from;
        long id = 0;
        for (; at < to && in.getByte(at) != '['; at++) {
            id = id * 10 + in.getByte(at) - '0';
        }
        behaviour.acknowledged(this, id, in, at, to, now);
    }

    /** Its acknowledgement has the id 0. */
    public void join(String room) {
        wire.send(Text.join(room));
    }

    /** Asks to have as many bytes sent back, with the time and the id in them. */
    void request(long id, long nanos, int bytes) {
        wire.send(Text.request(id, nanos, bytes));
    }

    /** Has a room sent as many bytes, with a time stamp and a number. Any thread. */
    void publish(String room, long nanos, long number, int bytes) {
        loop.execute(() -> wire.send(Text.publish(room, nanos, number, bytes)));
    }

    /** Stops taking what arrives, or goes on. */
    public void reading(boolean on) {
        wire.reading(on);
    }

    /** Any thread. */
    public boolean isReady() {
        return ready && !closed;
    }

    public void close() {
        wire.close();
    }

    /** The wire is gone. */
    void gone() {
        if (!closed) {
            closed = true;
            behaviour.closed(this);
        }
    }
}
