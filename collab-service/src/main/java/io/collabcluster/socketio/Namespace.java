package io.collabcluster.socketio;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The sockets of one name: who may connect, who is told of them, and broadcasts to them. */
public final class Namespace {

    private static final Logger LOG = Logger.getLogger(Namespace.class);
    private static final int CLOSED = -1;

    private final String name;
    private final SocketIoOptions options;
    private final Consumer<Namespace> whenEmpty;
    private final Rooms rooms;
    private final Adapter adapter;
    private final List<ConnectMiddleware> middlewares = new CopyOnWriteArrayList<>();
    private final List<Consumer<Socket>> connectionListeners = new CopyOnWriteArrayList<>();
    private final Map<String, EventListener> serverSide = new ConcurrentHashMap<>();
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final Map<String, Socket> recoverable = new ConcurrentHashMap<>();
    private final AtomicLong acknowledgements = new AtomicLong();
    private final AtomicInteger occupants = new AtomicInteger();
    private final BroadcastOperator everybody = new BroadcastOperator(this, BroadcastOptions.ALL);

    /** @param whenEmpty called each time that the last client has left */
    Namespace(String name, SocketIoOptions options, AdapterFactory adapters, Consumer<Namespace> whenEmpty) {
        this.name = name;
        this.options = options;
        this.whenEmpty = whenEmpty;
        rooms = new Rooms(new Rooms.Watcher() {
            @Override
            public void created(String room) {
                adapter.roomCreated(room);
            }

            @Override
            public void deleted(String room) {
                adapter.roomDeleted(room);
            }
        });
        adapter = adapters.create(this);
    }

    /** With its slash: {@code /} or {@code /custom}. */
    public String name() {
        return name;
    }

    /** Asked in the order in which they were added. */
    public Namespace use(ConnectMiddleware middleware) {
        middlewares.add(middleware);
        return this;
    }

    /** Called on the new socket's loop, when the client has been told that it is connected. */
    public Namespace onConnection(Consumer<Socket> listener) {
        connectionListeners.add(listener);
        return this;
    }

    /** Serves an event that another node sends with {@link #serverSideEmit}. Called on any thread. */
    public Namespace onServerSide(String event, EventListener listener) {
        serverSide.put(event, listener);
        return this;
    }

    public BroadcastOperator to(String... names) {
        return everybody.to(names);
    }

    public BroadcastOperator except(String... names) {
        return everybody.except(names);
    }

    public BroadcastOperator local() {
        return everybody.local();
    }

    public void emit(String event, Object... args) {
        everybody.emit(event, args);
    }

    public void volatileEmit(String event, Object... args) {
        everybody.volatileEmit(event, args);
    }

    public CompletionStage<List<Payload>> emitWithAck(Duration timeout, String event, Object... args) {
        return everybody.emitWithAck(timeout, event, args);
    }

    public CompletionStage<Answers<RemoteSocket>> fetchSockets() {
        return everybody.fetchSockets();
    }

    public void socketsJoin(String... names) {
        everybody.socketsJoin(names);
    }

    public void socketsLeave(String... names) {
        everybody.socketsLeave(names);
    }

    public void disconnectSockets(boolean closeSessions) {
        everybody.disconnectSockets(closeSessions);
    }

    /** To the other nodes' {@link #onServerSide} listeners, and to no client. */
    public void serverSideEmit(String event, Object... args) {
        adapter.serverSideEmit(event, Payload.of(args));
    }

    /** @return one response of every other node that gave one in time */
    public CompletionStage<Answers<Payload>> serverSideEmitWithAck(Duration timeout, String event, Object... args) {
        return adapter.serverSideEmitWithAck(timeout, event, Payload.of(args));
    }

    /** For an adapter: an event of another node has come. False when nobody listens, or the listener failed. */
    public boolean serverSideReceived(String event, Payload arguments, Acknowledgement acknowledgement) {
        EventListener listener = serverSide.get(event);
        if (listener == null) {
            return false;
        }
        try {
            listener.event(arguments, acknowledgement);
            return true;
        } catch (RuntimeException e) {
            LOG.errorf(e, "a server-side listener of \"%s\" failed", event);
            return false;
        }
    }

    /** A connected socket of this node. */
    public Optional<Socket> find(String id) {
        return Optional.ofNullable(sockets.get(id));
    }

    /** How many sockets of this node are connected. */
    public int size() {
        return sockets.size();
    }

    /** For an adapter: the rooms that have members on this node. */
    public Set<String> roomNames() {
        return rooms.names();
    }

    /** For an adapter: whether this node has, or is about to have, a member of a room. */
    public boolean hasRoom(String room) {
        return rooms.contains(room);
    }

    public SocketIoOptions options() {
        return options;
    }

    public Adapter adapter() {
        return adapter;
    }

    Rooms rooms() {
        return rooms;
    }

    List<ConnectMiddleware> middlewares() {
        return middlewares;
    }

    List<Consumer<Socket>> connectionListeners() {
        return connectionListeners;
    }

    /** Unique in the namespace: a broadcast has one id for all sockets. */
    long nextAcknowledgement() {
        return acknowledgements.getAndIncrement();
    }

    Packet.Event event(String event, Object... args) {
        if (PacketDecoder.RESERVED.contains(event)) {
            throw new IllegalArgumentException("\"" + event + "\" is a reserved event name");
        }
        return new Packet.Event(name, OptionalLong.empty(), event, Payload.of(args));
    }

    /** A client is on its way in. False when the namespace was closed meanwhile. */
    boolean enter() {
        return occupants.updateAndGet(count -> count == CLOSED ? CLOSED : count + 1) != CLOSED;
    }

    void leave() {
        if (occupants.decrementAndGet() == 0) {
            whenEmpty.accept(this);
        }
    }

    /** Closes it unless somebody is on the way in. */
    boolean closeIfEmpty() {
        boolean closed = occupants.compareAndSet(0, CLOSED);
        if (closed) {
            adapter.close();
        }
        return closed;
    }

    void connected(Socket socket, Optional<RestoredSession> restored) {
        sockets.put(socket.id(), socket);
        socket.pid().ifPresent(pid -> recoverable.put(pid, socket));
        socket.connect(restored);
        for (Consumer<Socket> listener : connectionListeners) {
            if (!socket.connected()) {
                return;
            }
            try {
                listener.accept(socket);
            } catch (RuntimeException e) {
                LOG.errorf(e, "a connection listener of %s failed", name);
            }
        }
    }

    /**
     * A client has come back before the server noticed that it was lost: its old session ends now, so that it can be
     * restored.
     */
    CompletionStage<Void> supersede(String pid) {
        Socket old = recoverable.get(pid);
        return old == null
                ? CompletableFuture.completedStage(null)
                : LoopTasks.complete(old.loop(), old::supersede, () -> {});
    }

    void disconnected(Socket socket, DisconnectReason reason) {
        sockets.remove(socket.id(), socket);
        socket.pid().ifPresent(pid -> recoverable.remove(pid, socket));
        socket.close(reason);
        leave();
    }
}
