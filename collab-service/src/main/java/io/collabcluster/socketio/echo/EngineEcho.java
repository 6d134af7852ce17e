package io.collabcluster.socketio.echo;

import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.OutboundMessage;
import io.collabcluster.engineio.Session;
import io.collabcluster.engineio.SessionHandler;
import io.collabcluster.engineio.SessionListener;

/** Sends every Engine.IO message back, without Socket.IO. */
public final class EngineEcho implements SessionHandler {

    @Override
    public SessionListener opened(Session session) {
        return new Echo(session);
    }

    private record Echo(Session session) implements SessionListener {

        @Override
        public void text(String message) {
            sendBack(OutboundMessage.text(message));
        }

        @Override
        public void binary(byte[] message) {
            sendBack(OutboundMessage.binary(message));
        }

        private void sendBack(OutboundMessage message) {
            session.send(message);
            message.release();
        }

        @Override
        public void closed(CloseReason reason) {
            // Nothing is kept.
        }
    }
}
