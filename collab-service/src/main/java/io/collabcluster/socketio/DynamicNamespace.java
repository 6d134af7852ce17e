package io.collabcluster.socketio;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Stands for every namespace that its predicate accepts: one is made when the first client asks for it. */
public final class DynamicNamespace {

    private static final Logger LOG = Logger.getLogger(DynamicNamespace.class);

    private final NamespacePredicate predicate;
    private final List<ConnectMiddleware> middlewares = new CopyOnWriteArrayList<>();
    private final List<Consumer<Socket>> connectionListeners = new CopyOnWriteArrayList<>();
    private final Set<Namespace> children = ConcurrentHashMap.newKeySet();

    DynamicNamespace(NamespacePredicate predicate) {
        this.predicate = predicate;
    }

    /** For the children that are made from now on. */
    public DynamicNamespace use(ConnectMiddleware middleware) {
        middlewares.add(middleware);
        return this;
    }

    /** For the children that are made from now on. */
    public DynamicNamespace onConnection(Consumer<Socket> listener) {
        connectionListeners.add(listener);
        return this;
    }

    /** To the sockets of all children. */
    public void emit(String event, Object... args) {
        children.forEach(child -> child.emit(event, args));
    }

    public Set<Namespace> children() {
        return Set.copyOf(children);
    }

    boolean accepts(String name, Json auth) {
        try {
            return predicate.test(name, auth);
        } catch (RuntimeException e) {
            LOG.errorf(e, "a predicate of dynamic namespaces failed");
            return false;
        }
    }

    void adopt(Namespace child) {
        middlewares.forEach(child::use);
        connectionListeners.forEach(child::onConnection);
        children.add(child);
    }

    void remove(Namespace child) {
        children.remove(child);
    }
}
