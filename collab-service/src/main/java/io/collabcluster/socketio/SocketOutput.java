package io.collabcluster.socketio;

import io.collabcluster.engineio.OutboundMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What goes to one client: events, while it is connected, and what it has yet to acknowledge. On its loop only. */
final class SocketOutput {

    private final Socket socket;
    private final SocketEvents events;
    private final Acknowledgements acknowledgements;

    SocketOutput(Socket socket, SocketEvents events) {
        this.socket = socket;
        this.events = events;
        acknowledgements = new Acknowledgements(socket);
    }

    void send(Packet.Event event, boolean isVolatile) {
        OutboundMessage message = PacketEncoder.encode(event);
        send(message, event, isVolatile);
        message.release();
    }

    /** @param message the event, encoded */
    void send(OutboundMessage message, Packet.Event event, boolean isVolatile) {
        if (socket.connected() && (!isVolatile || socket.session().writable())) {
            events.outgoing(event);
            socket.session().send(message);
        }
    }

    /** @return fails with {@link AckTimeout}, {@link AckRefused} or {@link SocketGone} */
    CompletableFuture<Payload> sendWithAck(Packet.Event event, Duration timeout) {
        OutboundMessage message = PacketEncoder.encode(event);
        var result = sendWithAck(message, event, timeout);
        message.release();
        return result;
    }

    CompletableFuture<Payload> sendWithAck(OutboundMessage message, Packet.Event event, Duration timeout) {
        if (!socket.connected()) {
            return CompletableFuture.failedFuture(new SocketGone(socket.id()));
        }
        var result = acknowledgements.await(event.acknowledgement().orElseThrow(), timeout);
        if (!result.isCompletedExceptionally()) {
            send(message, event, false);
        }
        return result;
    }

    void received(Packet.Ack ack) {
        acknowledgements.received(ack);
    }

    void close() {
        acknowledgements.close();
    }
}
