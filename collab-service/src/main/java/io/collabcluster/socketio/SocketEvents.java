package io.collabcluster.socketio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The listeners of one socket; touched on its loop only. A listener that throws is logged, and the others go on. */
final class SocketEvents {

    private static final Logger LOG = Logger.getLogger(SocketEvents.class);

    private final Map<String, List<EventListener>> named = new HashMap<>(4);
    private List<AnyListener> incoming = List.of();
    private List<AnyListener> outgoing = List.of();
    private List<Consumer<DisconnectReason>> disconnecting = List.of();
    private List<Consumer<DisconnectReason>> disconnected = List.of();
    private List<Consumer<Throwable>> errors = List.of();

    void on(String event, EventListener listener) {
        named.merge(event, List.of(listener), (some, more) -> with(some, listener));
    }

    void off(String event, EventListener listener) {
        named.computeIfPresent(event, (name, some) -> without(some, listener));
    }

    void onAny(AnyListener listener) {
        incoming = with(incoming, listener);
    }

    void onAnyOutgoing(AnyListener listener) {
        outgoing = with(outgoing, listener);
    }

    void onDisconnecting(Consumer<DisconnectReason> listener) {
        disconnecting = with(disconnecting, listener);
    }

    void onDisconnect(Consumer<DisconnectReason> listener) {
        disconnected = with(disconnected, listener);
    }

    void onError(Consumer<Throwable> listener) {
        errors = with(errors, listener);
    }

    void event(Packet.Event event, Acknowledgement acknowledgement) {
        for (AnyListener listener : incoming) {
            guarded(event.name(), () -> listener.event(event.name(), event.arguments()));
        }
        for (EventListener listener : named.getOrDefault(event.name(), List.of())) {
            guarded(event.name(), () -> listener.event(event.arguments(), acknowledgement));
        }
    }

    void outgoing(Packet.Event event) {
        for (AnyListener listener : outgoing) {
            guarded(event.name(), () -> listener.event(event.name(), event.arguments()));
        }
    }

    void disconnecting(DisconnectReason reason) {
        disconnecting.forEach(listener -> guarded("disconnecting", () -> listener.accept(reason)));
    }

    void disconnected(DisconnectReason reason) {
        disconnected.forEach(listener -> guarded("disconnect", () -> listener.accept(reason)));
    }

    void error(Throwable error) {
        if (errors.isEmpty()) {
            LOG.debugf("an event was dropped by a middleware: %s", error.getMessage());
        }
        errors.forEach(listener -> guarded("error", () -> listener.accept(error)));
    }

    private static void guarded(String event, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "a listener of \"%s\" failed", event);
        }
    }

    private static <T> List<T> with(List<T> some, T more) {
        var all = new ArrayList<>(some);
        all.add(more);
        return List.copyOf(all);
    }

    private static <T> List<T> without(List<T> some, T one) {
        var rest = new ArrayList<>(some);
        rest.remove(one);
        return rest.isEmpty() ? null : List.copyOf(rest);
    }
}
