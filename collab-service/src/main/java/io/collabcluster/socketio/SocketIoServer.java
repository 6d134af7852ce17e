package io.collabcluster.socketio;

import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.Session;
import io.collabcluster.engineio.SessionHandler;
import io.collabcluster.engineio.SessionListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A Socket.IO server above an engine: its namespaces, and the sessions that speak with them. */
public final class SocketIoServer implements SessionHandler {

    private final SocketIoOptions options;
    private final AdapterFactory adapters;
    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private final List<DynamicNamespace> dynamic = new CopyOnWriteArrayList<>();
    private final List<Consumer<Namespace>> namespaceListeners = new CopyOnWriteArrayList<>();
    private final Map<Session, Connection> connections = new ConcurrentHashMap<>();

    public SocketIoServer(SocketIoOptions options, AdapterFactory adapters) {
        this.options = options;
        this.adapters = adapters;
        of("/");
    }

    /** @param name the slash at its beginning may be left away */
    public Namespace of(String name) {
        return namespace(name.startsWith("/") ? name : "/" + name, Optional.empty());
    }

    /** The namespaces that a predicate accepts, unless they were made by name. Asked in the order of making. */
    public DynamicNamespace of(NamespacePredicate predicate) {
        var parent = new DynamicNamespace(predicate);
        dynamic.add(parent);
        return parent;
    }

    public Optional<Namespace> find(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }

    /** Is told of every namespace that is made from now on. Called while others wait for it: must not block, or make another. */
    public void onNewNamespace(Consumer<Namespace> listener) {
        namespaceListeners.add(listener);
    }

    /** How many rooms have members on this node, beside each socket's own. */
    public int rooms() {
        int rooms = 0;
        for (Namespace namespace : namespaces.values()) {
            rooms += Math.max(0, namespace.rooms().size() - namespace.size());
        }
        return rooms;
    }

    /** To one session's socket in the namespace {@code /}, where it has one. On the session's loop. */
    public void emit(Session session, String event, Object... args) {
        Optional.ofNullable(connections.get(session))
                .flatMap(connection -> connection.socket("/"))
                .ifPresent(socket -> socket.emit(event, args));
    }

    /** Ends all sessions as {@link CloseReason#SERVER_SHUTTING_DOWN}, and the adapters. */
    public void close() {
        for (Connection connection : connections.values()) {
            LoopTasks.run(connection.session().loop(), () -> connection.close(CloseReason.SERVER_SHUTTING_DOWN));
        }
        namespaces.values().forEach(namespace -> namespace.adapter().close());
    }

    @Override
    public SessionListener opened(Session session) {
        var connection = new Connection(this, session);
        connections.put(session, connection);
        return connection;
    }

    void closed(Connection connection) {
        connections.remove(connection.session());
    }

    SocketIoOptions options() {
        return options;
    }

    /** The namespace that a client asks for, entered; whoever enters must leave. Empty: there is none. */
    Optional<Namespace> enter(String name, Json auth) {
        while (true) {
            Namespace namespace = namespaces.get(name);
            if (namespace == null) {
                Optional<DynamicNamespace> parent = dynamic.stream()
                        .filter(candidate -> candidate.accepts(name, auth))
                        .findFirst();
                if (parent.isEmpty()) {
                    return Optional.empty();
                }
                namespace = namespace(name, parent);
            }
            if (namespace.enter()) {
                return Optional.of(namespace);
            }
            namespaces.remove(name, namespace);
        }
    }

    private Namespace namespace(String name, Optional<DynamicNamespace> parent) {
        return namespaces.computeIfAbsent(name, absent -> {
            var namespace = new Namespace(name, options, adapters, child -> parent.ifPresent(of -> cleanUp(child, of)));
            parent.ifPresent(of -> of.adopt(namespace));
            namespaceListeners.forEach(listener -> listener.accept(namespace));
            return namespace;
        });
    }

    private void cleanUp(Namespace child, DynamicNamespace parent) {
        if (options.cleanupEmptyChildNamespaces() && child.closeIfEmpty()) {
            namespaces.remove(child.name(), child);
            parent.remove(child);
        }
    }
}
