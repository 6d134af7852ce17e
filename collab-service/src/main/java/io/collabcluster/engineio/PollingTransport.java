package io.collabcluster.engineio;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** HTTP long polling: a GET that waits for packets, and POSTs that bring them. State is the session loop's. */
final class PollingTransport implements Transport {

    private static final long ANSWER_SECONDS = 2;

    private final EngineSession session;
    private final EngineMetrics metrics;
    private final RepeatedPolls repeated = new RepeatedPolls();
    /** The GET that waits, or null. */
    private PollingExchange poll;
    /** The POST whose body is on its way, or null. */
    private PollingExchange post;
    /** The POST that is answered when its packets are served, or null. */
    private PollingExchange unanswered;

    /** The GET that was answered last, until the next one comes: only that shows that the answer has arrived. Or null. */
    private PollingExchange last;

    private PollingExchange answering;
    private int answerBytes;
    private boolean reading = true;

    PollingTransport(EngineSession session, EngineMetrics metrics) {
        this.session = session;
        this.metrics = metrics;
    }

    @Override
    public TransportName name() {
        return TransportName.POLLING;
    }

    @Override
    public boolean writable() {
        return poll != null;
    }

    @Override
    public long waitingBytes() {
        return answerBytes;
    }

    /**
     * A GET. A second one while another waits ends the session; so does one that is sent again because its answer was lost
     * on the way: what was in that answer is gone, and a client has to come back to get what it has missed.
     */
    void poll(PollingExchange exchange) {
        if (poll != null || repeated.include(exchange.timestamp())) {
            session.end(CloseReason.TRANSPORT_ERROR);
            exchange.deny(Denial.BAD_REQUEST);
            return;
        }
        last = null;
        poll = exchange;
        exchange.onAbort(() -> session.onLoop(() -> aborted(exchange)));
    }

    /** A POST whose body is not read yet. Another one that is not answered yet ends the session. */
    boolean post(PollingExchange exchange) {
        if (post != null || unanswered != null) {
            exchange.deny(Denial.BAD_REQUEST);
            session.end(CloseReason.TRANSPORT_ERROR);
            return false;
        }
        post = exchange;
        exchange.onAbort(() -> session.onLoop(() -> aborted(exchange)));
        return true;
    }

    /** The end of a body that was refused. */
    void refused(PollingExchange exchange) {
        if (post == exchange) {
            post = null;
        }
    }

    /** A body has arrived. */
    void posted(PollingExchange exchange, List<Packet> packets) {
        if (post != exchange) {
            exchange.deny(Denial.SESSION_UNKNOWN);
            return;
        }
        post = null;
        packets.forEach(session::packet);
        if (reading) {
            exchange.ok();
        } else {
            unanswered = exchange;
        }
    }

    private void aborted(PollingExchange exchange) {
        if (exchange == poll) {
            poll = null;
            session.aborted(this);
        } else if (exchange == post || exchange == unanswered) {
            post = null;
            unanswered = null;
            session.aborted(this);
        }
    }

    @Override
    public void flush(SendQueue queue) {
        if (poll != null && !queue.isEmpty()) {
            answer(queue.drain());
        }
    }

    /** Frees a waiting GET while the session moves to another transport. */
    void noop() {
        if (poll != null) {
            answer(List.of(ControlPackets.NOOP.retain()));
        }
    }

    private void answer(List<OutboundMessage> messages) {
        PollingExchange exchange = poll;
        poll = null;
        Buffer payload = PollingPayload.encode(messages);
        messages.forEach(OutboundMessage::release);
        last = exchange;
        answering = exchange;
        answerBytes = payload.length();
        metrics.sent(messages.size(), payload.length());
        exchange.packets(
                payload, () -> session.onLoop(() -> sent(exchange)), () -> session.onLoop(() -> lost(exchange)));
    }

    /** A client that has asked again has it nevertheless, unless it never left. */
    private void lost(PollingExchange exchange) {
        if (answering == exchange || last == exchange) {
            session.aborted(this);
        }
        sent(exchange);
    }

    private void sent(PollingExchange exchange) {
        if (answering == exchange) {
            answering = null;
            answerBytes = 0;
        }
    }

    @Override
    public void reading(boolean on) {
        reading = on;
        if (on && unanswered != null) {
            unanswered.ok();
            unanswered = null;
        }
    }

    @Override
    public boolean close(SendQueue queue, CloseReason reason, PacketType farewell) {
        reading(true);
        if (post != null) {
            post.deny(Denial.SESSION_UNKNOWN);
            post = null;
        }
        queue.add(ControlPackets.of(farewell).retain());
        if (poll != null) {
            flush(queue);
            abandonLater();
            return false;
        }
        abandonLater();
        return reason == CloseReason.FORCED_CLOSE
                || reason == CloseReason.FORCED_SERVER_CLOSE
                || reason == CloseReason.SERVER_SHUTTING_DOWN;
    }

    /** An answer that the client doesn't take in time is not waited for. */
    private void abandonLater() {
        PollingExchange last = answering;
        if (last != null) {
            session.loop()
                    .schedule(
                            () -> {
                                if (answering == last) {
                                    last.abandon();
                                }
                            },
                            ANSWER_SECONDS,
                            TimeUnit.SECONDS);
        }
    }
}
