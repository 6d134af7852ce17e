package io.collabcluster.socketio;

import io.collabcluster.engineio.Session;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A client in a namespace. It belongs to its session's event loop. What is asked of it there happens at once; what
 * another thread asks happens there later, in the order in which that thread asked.
 */
public final class Socket {

    private enum State {
        CONNECTING,
        CONNECTED,
        GONE
    }

    private final Connection connection;
    private final Namespace namespace;
    private final String id;
    private final Optional<String> pid;
    private final SocketHandshake handshake;
    private final boolean recovered;
    private final SocketEvents events = new SocketEvents();
    private final EventPipeline pipeline = new EventPipeline(this, events);
    private final SocketOutput output = new SocketOutput(this, events);
    private final Memberships memberships;
    private volatile Map<Class<?>, Object> data;
    private volatile State state = State.CONNECTING;
    private Members.Place place;

    Socket(
            Connection connection,
            Namespace namespace,
            SocketHandshake handshake,
            Optional<String> newPid,
            Optional<RecoverableSession> restored) {
        this.connection = connection;
        this.namespace = namespace;
        this.handshake = handshake;
        id = restored.map(RecoverableSession::sid).orElseGet(Ids::next);
        pid = restored.map(RecoverableSession::pid).or(() -> newPid);
        data = restored.map(RecoverableSession::data).orElseGet(Map::of);
        recovered = restored.isPresent();
        Rooms rooms = namespace.rooms();
        memberships = new Memberships(
                this, rooms, rooms.index(loop()), connection.options().joinsPerSocket());
    }

    /** 20 characters of {@code [A-Za-z0-9_-]}, not those of the session. Also the name of a room. */
    public String id() {
        return id;
    }

    public Namespace namespace() {
        return namespace;
    }

    public SocketHandshake handshake() {
        return handshake;
    }

    public Session session() {
        return connection.session();
    }

    public EventLoop loop() {
        return connection.session().loop();
    }

    public boolean connected() {
        return state == State.CONNECTED;
    }

    /** Whether it came back with the id, rooms and data of a lost one. */
    public boolean recovered() {
        return recovered;
    }

    /** Keeps something with the socket, on this node. Any thread. */
    public synchronized <T> void put(Class<T> key, T value) {
        var more = new HashMap<>(data);
        more.put(key, key.cast(value));
        data = Map.copyOf(more);
    }

    public <T> Optional<T> get(Class<T> key) {
        return Optional.ofNullable(key.cast(data.get(key)));
    }

    /** The private id that the client can come back with. */
    Optional<String> pid() {
        return pid;
    }

    void supersede() {
        connection.superseded(this);
    }

    public Socket on(String event, EventListener listener) {
        execute(() -> events.on(event, listener));
        return this;
    }

    public Socket off(String event, EventListener listener) {
        execute(() -> events.off(event, listener));
        return this;
    }

    /** Sees every event of the client, before the listeners of its name. */
    public Socket onAny(AnyListener listener) {
        execute(() -> events.onAny(listener));
        return this;
    }

    /** Sees every event that is sent to the client, broadcasts included. */
    public Socket onAnyOutgoing(AnyListener listener) {
        execute(() -> events.onAnyOutgoing(listener));
        return this;
    }

    public Socket use(PacketMiddleware middleware) {
        execute(() -> pipeline.use(middleware));
        return this;
    }

    /** Is told what a middleware failed with. */
    public Socket onError(Consumer<Throwable> listener) {
        execute(() -> events.onError(listener));
        return this;
    }

    /** Called while the socket is in its rooms still. */
    public Socket onDisconnecting(Consumer<DisconnectReason> listener) {
        execute(() -> events.onDisconnecting(listener));
        return this;
    }

    public Socket onDisconnect(Consumer<DisconnectReason> listener) {
        execute(() -> events.onDisconnect(listener));
        return this;
    }

    /** Any thread; on the loop it is done when this returns. Fails with {@link JoinRefused} or {@link SocketGone}. */
    public CompletionStage<Void> join(String room) {
        return memberships.join(room);
    }

    public CompletionStage<Void> leave(String room) {
        return memberships.leave(room);
    }

    /** The rooms that it is in now, its own included. Only on its loop. */
    public Set<String> rooms() {
        return memberships.names();
    }

    Memberships memberships() {
        return memberships;
    }

    /**
     * Does nothing while the socket is not connected.
     *
     * @throws IllegalArgumentException when the event's name is reserved, or an argument can't be written as JSON
     */
    public void emit(String event, Object... args) {
        Packet.Event packet = namespace.event(event, args);
        execute(() -> namespace.adapter().emit(this, packet));
    }

    /** As {@link #emit}, but not if the client is busy. */
    public void volatileEmit(String event, Object... args) {
        Packet.Event packet = namespace.event(event, args);
        execute(() -> output.send(packet, true));
    }

    /** @return fails with {@link AckTimeout}, {@link AckRefused} or {@link SocketGone} */
    public CompletionStage<Payload> emitWithAck(Duration timeout, String event, Object... args) {
        Packet.Event packet = namespace.event(event, args).acknowledgedBy(namespace.nextAcknowledgement());
        var result = new CompletableFuture<Payload>();
        LoopTasks.run(
                loop(),
                () -> output.sendWithAck(packet, timeout).whenComplete((payload, error) -> {
                    if (error == null) {
                        result.complete(payload);
                    } else {
                        result.completeExceptionally(error);
                    }
                }),
                () -> result.completeExceptionally(new SocketGone(id)));
        return result;
    }

    /** The other sockets of rooms. */
    public BroadcastOperator to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** The other sockets of the namespace. */
    public BroadcastOperator broadcast() {
        return new BroadcastOperator(namespace, BroadcastOptions.ALL.except(id));
    }

    /** @param closeSession end the client's session, with its sockets of other namespaces */
    public void disconnect(boolean closeSession) {
        execute(() -> {
            if (closeSession) {
                connection.disconnect();
            } else if (connected()) {
                connection.send(new Packet.Disconnect(namespace.name()));
                connection.gone(this, DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
            }
        });
    }

    void received(Packet packet) {
        switch (packet) {
            case Packet.Event event -> pipeline.accept(event);
            case Packet.Ack ack -> output.received(ack);
            default -> connection.gone(this, DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
        }
    }

    SocketOutput output() {
        return output;
    }

    void acknowledge(Packet.Ack ack) {
        execute(() -> {
            if (state == State.CONNECTED) {
                connection.send(ack);
            }
        });
    }

    /** The client is told first: nothing that a listener emits may come before. */
    void connect(Optional<RestoredSession> restored) {
        state = State.CONNECTED;
        place = memberships.index().connected().add(this);
        memberships.join(id);
        restored.ifPresent(known -> known.session().rooms().forEach(memberships::join));
        String answer =
                "{\"sid\":\"" + id + pid.map(own -> "\",\"pid\":\"" + own).orElse("") + "\"}";
        connection.send(new Packet.Connect(namespace.name(), Optional.of(new Json(answer))));
        restored.ifPresent(known -> known.missed().forEach(connection::send));
    }

    /** The end, whether it was connected or only about to be. */
    void close(DisconnectReason reason) {
        boolean wasConnected = state == State.CONNECTED;
        if (wasConnected) {
            events.disconnecting(reason);
            pid.filter(own -> reason.recoverable())
                    .ifPresent(
                            own -> namespace.adapter().persist(this, new RecoverableSession(id, own, rooms(), data)));
            memberships.index().connected().remove(place);
        }
        state = State.GONE;
        memberships.close();
        output.close();
        if (wasConnected) {
            events.disconnected(reason);
        }
    }

    void execute(Runnable task) {
        LoopTasks.run(loop(), task);
    }
}
