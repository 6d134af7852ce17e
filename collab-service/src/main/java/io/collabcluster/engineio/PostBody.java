package io.collabcluster.engineio;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jboss.logging.Logger;

/** The body of a POST: decoded on the request's loop, served on the session's. */
record PostBody(EngineSession session, PollingTransport polling, PollingExchange exchange) {

    private static final Logger LOG = Logger.getLogger(PostBody.class);

    void received(Buffer body) {
        try {
            List<Packet> packets = PollingPayload.decode(body.getBytes());
            session.onLoop(() -> polling.posted(exchange, packets));
        } catch (PacketException e) {
            LOG.debugf("Session %s: %s", session.id(), e.getMessage());
            session.onLoop(() -> {
                polling.refused(exchange);
                session.end(CloseReason.PARSE_ERROR);
                exchange.deny(Denial.BAD_REQUEST); // last: whoever has this answer finds the session gone
            });
        }
    }
}
