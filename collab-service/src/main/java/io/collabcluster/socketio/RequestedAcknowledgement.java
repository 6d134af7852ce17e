package io.collabcluster.socketio;

import java.util.concurrent.atomic.AtomicBoolean;

/** The answer to an event that has an id. */
final class RequestedAcknowledgement implements Acknowledgement {

    private final Socket socket;
    private final long id;
    private final AtomicBoolean sent = new AtomicBoolean();

    RequestedAcknowledgement(Socket socket, long id) {
        this.socket = socket;
        this.id = id;
    }

    @Override
    public boolean requested() {
        return true;
    }

    @Override
    public void send(Object... args) {
        Payload payload = Payload.of(args);
        if (sent.compareAndSet(false, true)) {
            socket.acknowledge(new Packet.Ack(socket.namespace().name(), id, payload));
        }
    }
}
