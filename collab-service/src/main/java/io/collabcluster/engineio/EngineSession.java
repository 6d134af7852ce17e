package io.collabcluster.engineio;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A session and its transport; all state is its event loop's. */
final class EngineSession implements Session, Outbox.Member {

    private static final Logger LOG = Logger.getLogger(EngineSession.class);

    /** Broadcasts that wait for one another: a few per system call are most of what can be won. */
    private static final int ENOUGH = 8;

    /** How long a closed session keeps its last packets for a client that polls, as the reference server does. */
    private static final long LINGER_SECONDS = 30;

    private enum State {
        OPEN,
        /** Closed; what is left waits for a poll. */
        LINGERING,
        GONE
    }

    /** What its queue waits for, in the outbox. */
    private enum Waiting {
        NOT,
        FOR_MORE,
        FOR_FLUSH
    }

    private final Engine engine;
    private final String id;
    private final EventLoop loop;
    private final Handshake handshake;
    private final Outbox outbox;
    private final Heartbeat heartbeat;
    private final InboundBudget inbound;
    private final PacketDispatch dispatch;
    private final SendQueue queue = new SendQueue();
    private volatile Transport transport;
    private volatile Upgrade upgrade;
    private State state = State.OPEN;
    private CloseReason closeReason;
    private Waiting waiting = Waiting.NOT;
    private int gathered;
    private long previousBroadcast = System.nanoTime() - Pace.LONGEST_WAIT;

    EngineSession(Engine engine, EventLoop loop, Handshake handshake) {
        this.engine = engine;
        this.id = engine.ids().next();
        this.loop = loop;
        this.handshake = handshake;
        this.outbox = engine.sessions().outbox(loop);
        this.dispatch = new PacketDispatch(this, engine.metrics());
        this.inbound = new InboundBudget(engine.options().limits().inboundBytes(), on -> transport.reading(on));
        this.heartbeat = new Heartbeat(
                loop,
                engine.options(),
                inbound::paused,
                () -> queuePacket(ControlPackets.PING.retain()),
                () -> end(CloseReason.PING_TIMEOUT));
    }

    /** Starts on a transport that carries nothing yet but the open packet. */
    void open(Transport first) {
        LOG.debugf("Session %s: opened by %s", id, handshake.address());
        transport = first;
        engine.sessions().add(this);
        engine.sessions().opened(first.name());
        engine.metrics().opened(first.name());
        queue.add(OutboundMessage.packet(PacketType.OPEN, engine.openData(id, first.name())));
        flush();
        heartbeat.restart();
        dispatch.opened(engine.handler());
        if (state != State.OPEN) {
            dispatch.closed(closeReason);
        }
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
        return handshake;
    }

    @Override
    public TransportName transport() {
        return transport.name();
    }

    @Override
    public boolean writable() {
        return state == State.OPEN && (queue.isEmpty() || waiting == Waiting.FOR_MORE) && transport.writable();
    }

    @Override
    public void send(OutboundMessage message) {
        if (state != State.OPEN) {
            return;
        }
        if (overflows(message)) {
            flush();
            if (state != State.OPEN) {
                return;
            }
            if (overflows(message)) {
                end(CloseReason.SLOW_CONSUMER);
                return;
            }
        }
        queue.add(message.retain());
        if (message.isBroadcast()) {
            awaitMore(message.created());
        } else {
            wake();
        }
    }

    private void awaitMore(long created) {
        long sincePrevious = created - previousBroadcast;
        previousBroadcast = created;
        switch (waiting) {
            case NOT -> {
                gathered = 1;
                waiting = outbox.addBroadcast(this, sincePrevious) ? Waiting.FOR_MORE : Waiting.FOR_FLUSH;
            }
            case FOR_MORE -> {
                gathered++;
                if (gathered >= ENOUGH) {
                    outbox.stopWaiting();
                }
            }
            case FOR_FLUSH -> {
                // It leaves with the rest.
            }
        }
    }

    /** A message for a client that waits for nothing is always taken. */
    private boolean overflows(OutboundMessage message) {
        long waiting = queue.bytes() + transport.waitingBytes();
        return waiting > 0
                && waiting + SendQueue.cost(message) > engine.options().limits().outboundBytes();
    }

    /** Queues a packet whose reference is ours. */
    private void queuePacket(OutboundMessage packet) {
        queue.add(packet);
        wake();
    }

    @Override
    public void wake() {
        if (waiting != Waiting.FOR_FLUSH) {
            waiting = Waiting.FOR_FLUSH;
            outbox.add(this);
        }
    }

    @Override
    public void flush() {
        waiting = Waiting.NOT;
        if (state == State.OPEN && !queue.isEmpty()) {
            try {
                transport.flush(queue);
            } catch (RuntimeException e) {
                LOG.errorf(e, "Session %s: sending failed", id);
                end(CloseReason.TRANSPORT_ERROR);
            }
        }
    }

    @Override
    public void failed() {
        end(CloseReason.TRANSPORT_ERROR);
    }

    @Override
    public void hold(int bytes) {
        inbound.take(bytes);
    }

    @Override
    public void unhold(int bytes) {
        inbound.give(bytes);
    }

    @Override
    public void close(CloseReason reason) {
        end(reason);
    }

    void end(CloseReason reason) {
        end(reason, PacketType.CLOSE);
    }

    private void end(CloseReason reason, PacketType farewell) {
        if (state != State.OPEN) {
            return;
        }
        boolean orderly = reason != CloseReason.SLOW_CONSUMER
                && reason != CloseReason.TRANSPORT_ERROR
                && reason != CloseReason.TRANSPORT_CLOSE
                && reason != CloseReason.PING_TIMEOUT;
        state = State.LINGERING;
        closeReason = reason;
        heartbeat.stop();
        if (upgrade != null) {
            upgrade.cancel();
        }
        if (!orderly) {
            queue.clear();
        }
        engine.sessions().closed(transport.name());
        engine.metrics().closed(transport.name(), reason);
        boolean lingers = transport.close(queue, reason, farewell);
        if (lingers) {
            loop.schedule(this::gone, LINGER_SECONDS, TimeUnit.SECONDS);
        } else {
            gone();
        }
        dispatch.closed(reason);
    }

    private void gone() {
        if (state != State.GONE) {
            state = State.GONE;
            queue.clear();
            engine.sessions().remove(this);
            engine.addresses().close(handshake.address());
        }
    }

    /** A packet on the session's transport. */
    void packet(Packet packet) {
        if (state == State.OPEN) {
            dispatch.packet(packet);
        }
    }

    void pong() {
        heartbeat.restart();
    }

    void closedByClient() {
        end(CloseReason.TRANSPORT_CLOSE, PacketType.NOOP);
    }

    /** A request has come: ends a session whose pong is overdue, though its timer had no turn yet. */
    void checkDeadline() {
        if (state == State.OPEN && heartbeat.expired()) {
            end(CloseReason.PING_TIMEOUT);
        }
    }

    /** A GET waits now: gives it what there is. */
    void polled(PollingTransport polling) {
        if (polling != transport) {
            polling.noop();
            return;
        }
        if (state == State.LINGERING) {
            polling.flush(queue);
            gone();
            return;
        }
        if (upgrade != null) {
            upgrade.polled(polling);
        }
        flush();
    }

    /** Whether a WebSocket may try to take over. Any thread; asked again on the session's loop. */
    boolean upgradable() {
        return upgrade == null && transport instanceof PollingTransport;
    }

    /** A WebSocket has come to take over. */
    void upgrade(WebSocketTransport candidate) {
        if (state == State.OPEN && upgradable() && !heartbeat.expired()) {
            upgrade = new Upgrade(this, candidate, engine.options().upgradeTimeout());
        } else {
            candidate.refuse("the session can't be upgraded");
        }
    }

    /** The upgrade is over: by its success, with the transport that takes over, or without. */
    void upgraded(Optional<WebSocketTransport> successor) {
        upgrade = null;
        successor.ifPresent(next -> {
            Transport former = transport;
            engine.sessions().closed(former.name());
            engine.sessions().opened(next.name());
            engine.metrics().upgraded();
            ((PollingTransport) former).noop();
            former.reading(true);
            transport = next;
            next.reading(!inbound.paused());
            flush();
        });
    }

    /** A text frame of a WebSocket. */
    void text(WebSocketTransport from, String frame) {
        if (from == transport) {
            try {
                packet(PacketCodec.decode(frame));
            } catch (PacketException e) {
                LOG.debugf("Session %s: %s", id, e.getMessage());
                end(CloseReason.PARSE_ERROR);
            }
        } else if (upgrade != null) {
            upgrade.text(from, frame);
        }
    }

    void binary(WebSocketTransport from, byte[] frame) {
        if (from == transport) {
            packet(new Packet.Binary(frame));
        } else if (upgrade != null) {
            upgrade.text(from, "");
        }
    }

    /** Answers a poll that waits, so that the client can go on with its upgrade. */
    void freePoll() {
        if (transport instanceof PollingTransport polling) {
            polling.noop();
        }
    }

    /** A request was aborted, which means nothing once another transport has taken over. */
    void aborted(PollingTransport from) {
        if (from == transport) {
            end(CloseReason.TRANSPORT_ERROR);
        }
    }

    /** The WebSocket is gone. */
    void disconnected(WebSocketTransport from, CloseReason reason) {
        if (from == transport) {
            end(reason);
        } else if (upgrade != null) {
            upgrade.disconnected(from);
        }
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isGone() {
        return state == State.GONE;
    }

    Transport carrier() {
        return transport;
    }

    InboundBudget inbound() {
        return inbound;
    }

    void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
