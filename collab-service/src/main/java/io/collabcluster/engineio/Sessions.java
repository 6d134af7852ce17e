package io.collabcluster.engineio;

import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The sessions of one server, by id. Any thread. */
final class Sessions {

    private final Map<String, EngineSession> byId = new ConcurrentHashMap<>();
    private final Map<EventLoop, Outbox> outboxes = new ConcurrentHashMap<>();
    private final AtomicIntegerArray open = new AtomicIntegerArray(TransportName.values().length);
    private volatile boolean closed;

    /** No new session from now on. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    void add(EngineSession session) {
        byId.put(session.id(), session);
    }

    void remove(EngineSession session) {
        byId.remove(session.id(), session);
    }

    Optional<EngineSession> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Collection<EngineSession> all() {
        return byId.values();
    }

    Outbox outbox(EventLoop loop) {
        return outboxes.computeIfAbsent(loop, Outbox::new);
    }

    void opened(TransportName transport) {
        open.incrementAndGet(transport.ordinal());
    }

    void closed(TransportName transport) {
        open.decrementAndGet(transport.ordinal());
    }

    Map<TransportName, Integer> byTransport() {
        Map<TransportName, Integer> counts = new EnumMap<>(TransportName.class);
        for (TransportName transport : TransportName.values()) {
            counts.put(transport, open.get(transport.ordinal()));
        }
        return counts;
    }
}
