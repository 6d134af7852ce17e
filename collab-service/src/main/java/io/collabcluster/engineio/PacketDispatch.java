package io.collabcluster.engineio;

import org.jboss.logging.Logger;

/** Brings a session's packets to its listener; a listener that fails ends the session, and nothing else. */
final class PacketDispatch {

    private static final Logger LOG = Logger.getLogger(PacketDispatch.class);

    private final EngineSession session;
    private final EngineMetrics metrics;
    private SessionListener listener;

    PacketDispatch(EngineSession session, EngineMetrics metrics) {
        this.session = session;
        this.metrics = metrics;
    }

    void opened(SessionHandler handler) {
        guarded(() -> listener = handler.opened(session));
    }

    /** Does nothing when the session has ended before it had a listener. */
    void closed(CloseReason reason) {
        if (listener != null) {
            guarded(() -> listener.closed(reason));
        }
    }

    void packet(Packet packet) {
        switch (packet) {
            case Packet.Binary(byte[] data) -> {
                metrics.received(data.length);
                guarded(() -> listener.binary(data));
            }
            case Packet.Text(PacketType type, String data) -> {
                switch (type) {
                    case MESSAGE -> {
                        metrics.received(data.length());
                        guarded(() -> listener.text(data));
                    }
                    case PONG -> session.pong();
                    case CLOSE -> session.closedByClient();
                    // In version 4 only the server pings; a probe comes on a transport of its own.
                    case PING -> session.end(CloseReason.TRANSPORT_ERROR);
                    case OPEN, UPGRADE, NOOP -> {}
                }
            }
        }
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Session %s: its listener failed", session.id());
            session.end(CloseReason.TRANSPORT_ERROR);
        }
    }
}
