package io.collabcluster.engineio;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server told its metrics and its listeners. */
final class Recorded implements EngineMetrics {

    final List<CloseReason> closed = new CopyOnWriteArrayList<>();
    final List<CloseReason> counted = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    final List<String> texts = new CopyOnWriteArrayList<>();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger upgraded = new AtomicInteger();

    SessionListener listening(SessionListener inner) {
        return new SessionListener() {
            @Override
            public void text(String message) {
                texts.add(message);
                inner.text(message);
            }

            @Override
            public void binary(byte[] message) {
                inner.binary(message);
            }

            @Override
            public void closed(CloseReason reason) {
                closed.add(reason);
                inner.closed(reason);
            }
        };
    }

    @Override
    public void opened(TransportName transport) {
        opened.incrementAndGet();
    }

    @Override
    public void upgraded() {
        upgraded.incrementAndGet();
    }

    @Override
    public void closed(TransportName transport, CloseReason reason) {
        counted.add(reason);
    }

    @Override
    public void refused(String reason) {
        refused.add(reason);
    }
}
