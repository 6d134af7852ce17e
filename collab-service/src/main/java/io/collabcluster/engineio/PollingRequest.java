package io.collabcluster.engineio;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** A GET or POST of a session; everything but the decoding of a body is done on the session's loop. */
record PollingRequest(EngineSession session, PollingExchange exchange) {

    private static final Logger LOG = Logger.getLogger(PollingRequest.class);

    void get() {
        polling().ifPresent(polling -> {
            if (polling.poll(exchange)) {
                session.polled(polling);
            }
        });
    }

    /** The body is unread yet. */
    void post() {
        if (!session.isOpen()) {
            exchange.deny(Denial.SESSION_UNKNOWN);
            return;
        }
        polling().filter(polling -> polling.post(exchange)).ifPresent(polling -> {
            if (String.valueOf(exchange.request().getHeader("Content-Type")).startsWith("application/octet-stream")) {
                refuse(polling, CloseReason.TRANSPORT_ERROR);
            } else {
                exchange.body(body -> received(polling, body), () -> session.onLoop(() -> polling.refused(exchange)));
            }
        });
    }

    /** The session's polling transport, if this request may use it now. */
    private Optional<PollingTransport> polling() {
        session.checkDeadline();
        if (session.isGone()) {
            exchange.deny(Denial.SESSION_UNKNOWN);
        } else if (session.carrier() instanceof PollingTransport polling) {
            return Optional.of(polling);
        } else {
            exchange.deny(Denial.BAD_REQUEST);
        }
        return Optional.empty();
    }

    /** Decodes on the request's loop. */
    private void received(PollingTransport polling, Buffer body) {
        try {
            List<Packet> packets = PollingPayload.decode(body.getBytes());
            session.onLoop(() -> polling.posted(exchange, packets));
        } catch (PacketException e) {
            LOG.debugf("Session %s: %s", session.id(), e.getMessage());
            session.onLoop(() -> refuse(polling, CloseReason.PARSE_ERROR));
        }
    }

    private void refuse(PollingTransport polling, CloseReason reason) {
        exchange.deny(Denial.BAD_REQUEST);
        polling.refused(exchange);
        session.end(reason);
    }
}
