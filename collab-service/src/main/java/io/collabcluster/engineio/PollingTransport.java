package io.collabcluster.engineio;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** HTTP long polling: a GET that waits for packets, and POSTs that bring them. State is the session loop's. */
final class PollingTransport implements Transport {

    private static final long ANSWER_SECONDS = 2;

    private final EngineSession session;
    private final EngineMetrics metrics;
    private final Relays relays;
    private final RepeatedPolls polls = new RepeatedPolls();
    /** The GET that waits, or null. */
    private PollingExchange poll;
    /** The GET that waits until it is known whether the one before was answered in vain, or null. */
    private PollingExchange unproven;
    /** The POST whose body is on its way, or null. */
    private PollingExchange post;
    /** The POST that is answered when its packets are served, or null. */
    private PollingExchange unanswered;

    /** The GET that was answered last, until the next one comes: only that shows that the answer has arrived. Or null. */
    private PollingExchange last;

    private PollingExchange answering;
    private int answerBytes;
    private boolean reading = true;

    PollingTransport(EngineSession session, EngineMetrics metrics, Relays relays) {
        this.session = session;
        this.metrics = metrics;
        this.relays = relays;
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
     *
     * @return false when it can't be told yet whether it is sent again; {@link EngineSession#polled} is called when it can
     */
    boolean poll(PollingExchange exchange) {
        RepeatedPolls.Poll which = polls.include(exchange.timestamp());
        if (poll != null || unproven != null || which == RepeatedPolls.Poll.AGAIN) {
            refuse(exchange);
            return true;
        }
        Optional<String> inDoubt = which == RepeatedPolls.Poll.NEXT ? Optional.empty() : otherWayOfLastAnswer(exchange);
        if (inDoubt.isEmpty()) {
            last = null;
            poll = exchange;
        } else {
            unproven = exchange;
        }
        exchange.onAbort(() -> session.onLoop(() -> aborted(exchange)));
        inDoubt.ifPresent(
                relay -> relays.isAlive(relay).onSuccess(alive -> session.onLoop(() -> proven(exchange, alive))));
        return inDoubt.isEmpty();
    }

    /**
     * Through whom the last answer went, if this GET has not come through the same: whoever lost an answer because that
     * process has ended asks again by another way, and may be here before the end of its connections is noticed.
     */
    private Optional<String> otherWayOfLastAnswer(PollingExchange exchange) {
        return Optional.ofNullable(last).flatMap(PollingExchange::relay).filter(relay -> !exchange.relay()
                .equals(Optional.of(relay)));
    }

    /** @param arrived whether the last answer was not lost with who was to pass it on */
    private void proven(PollingExchange exchange, boolean arrived) {
        if (unproven != exchange) {
            return;
        }
        unproven = null;
        if (session.isGone()) {
            exchange.deny(Denial.SESSION_UNKNOWN);
            return;
        }
        if (arrived) {
            last = null;
            poll = exchange;
        } else {
            refuse(exchange);
        }
        session.polled(this);
    }

    private void refuse(PollingExchange exchange) {
        session.end(CloseReason.TRANSPORT_ERROR);
        exchange.deny(Denial.BAD_REQUEST);
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
        } else if (exchange == unproven) {
            unproven = null;
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
        boolean lingers = poll == null
                && (reason == CloseReason.FORCED_CLOSE
                        || reason == CloseReason.FORCED_SERVER_CLOSE
                        || reason == CloseReason.SERVER_SHUTTING_DOWN);
        flush(queue);
        abandonLater();
        if (unproven != null && !lingers) {
            unproven.deny(Denial.SESSION_UNKNOWN);
            unproven = null;
        }
        return lingers;
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
