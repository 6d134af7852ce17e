package io.collabcluster.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;

/**
 * One client of the Socket.IO protocol, v5 over Engine.IO v4, on the namespace {@code /}. It counts deliveries and checks
 * that their sequence has no hole; of each packet it looks at the first bytes only. For one event loop.
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
    private static final long NONE_YET = -1;

    private final Wire wire;
    private final EventLoop loop;
    private final Tally tally;
    private final Behaviour behaviour;
    private boolean ready;
    private boolean closed;
    private long sequence = NONE_YET;
    private long asked;

    Client(Wire wire, EventLoop loop, Tally tally, Behaviour behaviour) {
        this.wire = wire;
        this.loop = loop;
        this.tally = tally;
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
            case '3' -> {
                tally.counted(now - asked);
                behaviour.acknowledged(this);
            }
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
        int data = from + Text.MESSAGE.length;
        long next = Text.sequence(in, data);
        if (sequence != NONE_YET && next != sequence + 1) {
            tally.faults(next > sequence ? next - sequence - 1 : 1);
        }
        sequence = Math.max(sequence, next);
        tally.counted(now - Text.nanos(in, data));
    }

    public void join(String room) {
        send(Text.join(room));
    }

    /** Asks for an acknowledgement of as many bytes, whose latency is counted. One at a time. */
    public void request(int bytes) {
        send(Text.request(System.nanoTime(), bytes));
    }

    /** Has a room sent as many bytes, with a time stamp and a number. Any thread. */
    void publish(String room, long nanos, long number, int bytes) {
        loop.execute(() -> wire.send(Text.publish(room, nanos, number, bytes)));
    }

    private void send(ByteBuf packet) {
        asked = System.nanoTime();
        wire.send(packet);
    }

    /** Stops taking what arrives, or goes on. */
    public void reading(boolean on) {
        wire.reading(on);
    }

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
