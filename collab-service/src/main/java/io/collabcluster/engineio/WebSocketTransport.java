package io.collabcluster.engineio;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** A WebSocket. Its channel may belong to another event loop than its session: then work is handed over in batches. */
final class WebSocketTransport implements Transport, WebSocketChannel.Listener {

    private static final Logger LOG = Logger.getLogger(WebSocketTransport.class);

    /** What may be on its way to the channel's loop before the rest waits in the session. */
    private static final long HANDED_OVER_LIMIT = 64 * 1024;

    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int POLICY_VIOLATION = 1008;

    private final UpgradeTicket ticket;
    private final WebSocketChannel channel;
    private final AtomicLong handedOver = new AtomicLong();
    private volatile boolean starved;
    private EngineSession session;
    private Outbox outbox;
    /** The channel loop's. */
    private boolean shut;

    WebSocketTransport(WebSocketChannel channel, UpgradeTicket ticket) {
        this.channel = channel;
        this.ticket = ticket;
    }

    /** The handshake is done. On the channel's loop, as all that the channel calls. */
    void opened() {
        Engine engine = ticket.engine();
        if (ticket.session().isPresent()) {
            session = ticket.session().get();
            outbox = engine.sessions().outbox(session.loop());
            session.onLoop(() -> session.upgrade(this));
        } else if (engine.sessions().isClosed()) {
            Denial.closed().logHandshake(ticket.handshake()::address);
            shut(GOING_AWAY, CloseReason.SERVER_SHUTTING_DOWN.text(), 1);
        } else if (!engine.addresses().open(ticket.handshake().address())) {
            Denial denial = engine.addresses().full(ticket.handshake().address());
            denial.logHandshake(ticket.handshake()::address);
            engine.metrics().refused(denial.reason());
            shut(POLICY_VIOLATION, "connections per address", 1);
        } else {
            session = new EngineSession(engine, channel.loop(), ticket.handshake());
            outbox = engine.sessions().outbox(session.loop());
            session.open(this);
        }
    }

    @Override
    public void text(String frame) {
        receive(frame.length(), () -> session.text(this, frame));
    }

    @Override
    public void binary(byte[] frame) {
        receive(frame.length, () -> session.binary(this, frame));
    }

    private void receive(int bytes, Runnable serve) {
        if (session == null) {
            return;
        }
        if (session.loop().inEventLoop()) {
            serve.run();
        } else {
            InboundBudget inbound = session.inbound();
            inbound.take(bytes);
            session.loop().execute(() -> {
                serve.run();
                inbound.give(bytes);
            });
        }
    }

    @Override
    public void malformed(WebSocketCloseStatus status, String why) {
        LOG.debugf("A WebSocket of %s is closed: %s", ticket.handshake().address(), why);
        shut(status.code(), status.reasonText(), 1);
        disconnected(CloseReason.TRANSPORT_ERROR);
    }

    @Override
    public void closed() {
        disconnected(CloseReason.TRANSPORT_CLOSE);
    }

    private void disconnected(CloseReason reason) {
        if (session != null) {
            session.onLoop(() -> session.disconnected(this, reason));
        }
    }

    @Override
    public TransportName name() {
        return TransportName.WEBSOCKET;
    }

    @Override
    public boolean writable() {
        return channel.isWritable() && handedOver.get() < HANDED_OVER_LIMIT;
    }

    @Override
    public long waitingBytes() {
        return handedOver.get() + channel.pendingBytes();
    }

    /** A packet of its own, before it is the session's transport. */
    void send(OutboundMessage packet) {
        onChannelLoop(() -> {
            channel.write(packet);
            channel.flush();
        });
    }

    @Override
    public void flush(SendQueue queue) {
        if (!channel.loop().inEventLoop()) {
            handOver(queue);
            return;
        }
        while (!queue.isEmpty() && channel.isWritable()) {
            writeWhileWritable(queue);
        }
    }

    private void writeWhileWritable(SendQueue queue) {
        int messages = 0;
        long bytes = 0;
        while (!queue.isEmpty() && channel.isWritable()) {
            OutboundMessage message = queue.poll();
            channel.write(message);
            messages++;
            bytes += message.bytes();
            message.release();
        }
        channel.flush();
        ticket.engine().metrics().sent(messages, bytes);
    }

    private void handOver(SendQueue queue) {
        List<OutboundMessage> batch = new ArrayList<>();
        long bytes = 0;
        while (!queue.isEmpty() && writable()) {
            OutboundMessage message = queue.poll();
            batch.add(message);
            bytes += message.bytes();
            handedOver.addAndGet(SendQueue.cost(message));
        }
        if (!batch.isEmpty()) {
            outbox.handOver(channel.loop(), () -> writeBatch(batch));
            ticket.engine().metrics().sent(batch.size(), bytes);
        }
        if (!queue.isEmpty()) {
            starved = true;
            if (writable()) {
                session.wake();
            }
        }
    }

    private void writeBatch(List<OutboundMessage> batch) {
        long cost = 0;
        for (OutboundMessage message : batch) {
            channel.write(message);
            cost += SendQueue.cost(message);
            message.release();
        }
        channel.flush();
        handedOver.addAndGet(-cost);
        if (starved) {
            writableAgain();
        }
    }

    @Override
    public void writableAgain() {
        starved = false;
        if (session != null) {
            session.onLoop(session::wake);
        }
    }

    @Override
    public void reading(boolean on) {
        channel.reading(on);
    }

    @Override
    public boolean close(SendQueue queue, CloseReason reason, PacketType farewell) {
        List<OutboundMessage> rest = queue.drain();
        onChannelLoop(() -> {
            rest.forEach(channel::write);
            rest.forEach(OutboundMessage::release);
            channel.flush();
        });
        switch (reason) {
            case PARSE_ERROR -> shut(PROTOCOL_ERROR, reason.text(), 2);
            case SLOW_CONSUMER -> shut(POLICY_VIOLATION, reason.text(), 1);
            default -> shut(NORMAL, reason.text(), 5);
        }
        return false;
    }

    /** Closes it as a transport that its session doesn't want. */
    void refuse(String why) {
        shut(POLICY_VIOLATION, why, 1);
    }

    /** Sends the close frame, and doesn't wait for a client that doesn't take it. */
    private void shut(int code, String text, int seconds) {
        onChannelLoop(() -> {
            if (shut || !channel.isOpen()) {
                return;
            }
            shut = true;
            channel.reading(true);
            channel.close(code, text);
            channel.loop().schedule(channel::abort, seconds, TimeUnit.SECONDS);
        });
    }

    private void onChannelLoop(Runnable task) {
        if (channel.loop().inEventLoop()) {
            task.run();
        } else if (outbox != null) {
            outbox.handOver(channel.loop(), task);
        } else {
            channel.loop().execute(task);
        }
    }
}
