package io.collabcluster.socketio;

import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.OutboundMessage;
import io.collabcluster.engineio.Session;
import io.collabcluster.engineio.SessionListener;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** One session, and the namespaces that its client is in. Lives on the session's loop. */
final class Connection implements SessionListener {

    private static final Logger LOG = Logger.getLogger(Connection.class);

    private static final int MOST_NAMESPACES = 1_000;

    private final SocketIoServer server;
    private final Session session;
    private final PacketDecoder decoder;
    private final ScheduledFuture<?> connectTimeout;
    private final Map<String, Socket> sockets = new HashMap<>(2);
    private final Map<String, ConnectAttempt> attempts = new HashMap<>(2);
    private boolean closing;

    Connection(SocketIoServer server, Session session) {
        this.server = server;
        this.session = session;
        decoder = new PacketDecoder(options().attachments());
        long timeout = options().connectTimeout().toMillis();
        connectTimeout = session.loop().schedule(this::idle, timeout, TimeUnit.MILLISECONDS);
    }

    Session session() {
        return session;
    }

    SocketIoOptions options() {
        return server.options();
    }

    Optional<Socket> socket(String namespace) {
        return Optional.ofNullable(sockets.get(namespace));
    }

    @Override
    public void text(String message) {
        if (!closing) {
            decode(() -> decoder.text(message));
        }
    }

    @Override
    public void binary(byte[] message) {
        if (!closing) {
            decode(() -> decoder.binary(message));
        }
    }

    private interface Decoding {
        Optional<Packet> packet();
    }

    private void decode(Decoding decoding) {
        Optional<Packet> packet;
        try {
            packet = decoding.packet();
        } catch (PacketException e) {
            LOG.debugf("session %s: %s", session.id(), e.getMessage());
            close(CloseReason.PARSE_ERROR);
            return;
        }
        packet.ifPresent(this::received);
    }

    private void received(Packet packet) {
        Socket socket = sockets.get(packet.namespace());
        switch (packet) {
            case Packet.Connect connect
            when socket == null && !attempts.containsKey(connect.namespace()) -> connect(connect);
            case Packet.Connect connect -> violated("a second CONNECT to " + connect.namespace());
            case Packet.ConnectError error -> violated("a CONNECT_ERROR from a client");
            case Packet other
            when socket == null -> violated("a packet for " + other.namespace() + ", which it has not joined");
            default -> socket.received(packet);
        }
    }

    private void violated(String how) {
        LOG.debugf("session %s: %s", session.id(), how);
        close(CloseReason.FORCED_SERVER_CLOSE);
    }

    private void connect(Packet.Connect packet) {
        Json auth = packet.data().orElse(Json.EMPTY_OBJECT);
        if (sockets.size() + attempts.size() >= MOST_NAMESPACES) {
            refuse(packet.namespace(), new ConnectRefusal("Too many namespaces"));
            return;
        }
        Optional<Namespace> namespace = server.enter(packet.namespace(), auth);
        if (namespace.isEmpty()) {
            refuse(packet.namespace(), new ConnectRefusal("Invalid namespace"));
            return;
        }
        var attempt = new ConnectAttempt(this, namespace.get(), new SocketHandshake(session.handshake(), auth));
        attempts.put(packet.namespace(), attempt);
        attempt.start();
    }

    void refuse(String namespace, ConnectRefusal refusal) {
        send(new Packet.ConnectError(namespace, refusal.toJson()));
    }

    /** An attempt came to its end. */
    void finished(ConnectAttempt attempt) {
        attempts.remove(attempt.namespace().name(), attempt);
    }

    void connected(Socket socket, Optional<RestoredSession> restored) {
        connectTimeout.cancel(false);
        sockets.put(socket.namespace().name(), socket);
        socket.namespace().connected(socket, restored);
    }

    void gone(Socket socket, DisconnectReason reason) {
        if (sockets.remove(socket.namespace().name(), socket)) {
            socket.namespace().disconnected(socket, reason);
        }
    }

    /** The server ends the session: every socket is told. */
    void disconnect() {
        List.copyOf(sockets.values()).forEach(socket -> socket.disconnect(false));
        close(CloseReason.FORCED_SERVER_CLOSE);
    }

    void superseded(Socket socket) {
        gone(socket, DisconnectReason.TRANSPORT_CLOSE);
        close(CloseReason.TRANSPORT_CLOSE);
    }

    void close(CloseReason reason) {
        closing = true;
        session.close(reason);
    }

    void send(Packet packet) {
        OutboundMessage message = PacketEncoder.encode(packet);
        session.send(message);
        message.release();
    }

    private void idle() {
        if (sockets.isEmpty()) {
            violated("no namespace joined within " + options().connectTimeout().toMillis() + " ms");
        }
    }

    @Override
    public void closed(CloseReason reason) {
        closing = true;
        connectTimeout.cancel(false);
        List.copyOf(attempts.values()).forEach(ConnectAttempt::abandon);
        List.copyOf(sockets.values()).forEach(socket -> gone(socket, DisconnectReason.of(reason)));
        server.closed(this);
    }
}
