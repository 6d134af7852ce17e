package io.collabcluster.status;

import io.collabcluster.collab.store.Postgres;
import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.EngineMetrics;
import io.collabcluster.engineio.TransportName;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What the node counts, for {@code /status} and for Prometheus. Counting is an addition to an adder, nothing more. */
public final class ServerMetrics implements EngineMetrics {

    /** Labels of refusals are few and fixed; whatever comes beyond this many is counted as {@code other}. */
    private static final int REFUSAL_REASONS = 32;

    /**
     * Figures that are kept elsewhere and read when somebody asks. Any thread.
     *
     * @param rooms rooms with a member on this node
     */
    public record Gauges(IntSupplier rooms, Supplier<Postgres.Use> postgres) {
        public static final Gauges NONE = new Gauges(() -> 0, () -> new Postgres.Use(0, 0, 0));
    }

    private final MeterRegistry registry;
    private final Map<TransportName, AtomicInteger> open = new EnumMap<>(TransportName.class);
    private final Map<CloseReason, LongAdder> closed = new EnumMap<>(CloseReason.class);
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final LongAdder opened = new LongAdder();
    private final AtomicInteger current = new AtomicInteger();
    private final LongAccumulator most = new LongAccumulator(Math::max, 0);
    private final LongAdder upgrades = new LongAdder();
    private final LongAdder messagesIn = new LongAdder();
    private final LongAdder messagesOut = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder restCalls = new LongAdder();

    public ServerMetrics(MeterRegistry registry, Gauges gauges) {
        this.registry = registry;
        for (TransportName transport : TransportName.values()) {
            var sessions = new AtomicInteger();
            open.put(transport, sessions);
            Gauge.builder("collab.connections", sessions, AtomicInteger::get)
                    .description("Open sessions")
                    .tag("transport", transport.wireName())
                    .register(registry);
        }
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, counter("collab.disconnects", "Sessions that ended", "reason", label(reason)));
        }
        count(opened, "collab.connections.opened", "Sessions opened since the start");
        count(upgrades, "collab.upgrades", "Sessions that moved from polling to WebSocket");
        count(messagesIn, "collab.messages", "Engine.IO messages", "direction", "in");
        count(messagesOut, "collab.messages", "Engine.IO messages", "direction", "out");
        count(bytesIn, "collab.bytes", "Bytes of messages", "direction", "in");
        count(bytesOut, "collab.bytes", "Bytes of messages", "direction", "out");
        count(restCalls, "collab.rest.calls", "REST calls received");
        gauge("collab.rooms", "Rooms with a member on this node", gauges.rooms());
        String connections = "Open connections to Postgres";
        gauge(
                "collab.postgres.pool.connections",
                connections,
                () -> gauges.postgres().get().inUse(),
                "state",
                "in_use");
        gauge(
                "collab.postgres.pool.connections",
                connections,
                () -> gauges.postgres().get().idle(),
                "state",
                "idle");
        gauge("collab.postgres.pool.waiting", "Statements that wait for a connection", () -> gauges.postgres()
                .get()
                .waiting());
    }

    /** Adds a figure that is kept elsewhere; the name has dots, which Prometheus sees as underscores. */
    public void gauge(String name, String description, IntSupplier value, String... tags) {
        // strongReference: the registry alone must keep a lambda alive.
        Gauge.builder(name, value::getAsInt)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** The same for one that only grows; Prometheus sees {@code _total} behind the name. */
    public void counter(String name, String description, LongSupplier value, String... tags) {
        // Of what it reads, the registry keeps only the function alive, which so has to hold the lambda.
        FunctionCounter.builder(name, this, _ -> value.getAsLong())
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private LongAdder counter(String name, String description, String... tags) {
        var adder = new LongAdder();
        count(adder, name, description, tags);
        return adder;
    }

    private void count(LongAdder adder, String name, String description, String... tags) {
        FunctionCounter.builder(name, adder, LongAdder::sum)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private static String label(CloseReason reason) {
        return reason.text().replace(' ', '_');
    }

    @Override
    public void opened(TransportName transport) {
        open.get(transport).incrementAndGet();
        opened.increment();
        most.accumulate(current.incrementAndGet());
    }

    @Override
    public void upgraded() {
        open.get(TransportName.POLLING).decrementAndGet();
        open.get(TransportName.WEBSOCKET).incrementAndGet();
        upgrades.increment();
    }

    @Override
    public void closed(TransportName transport, CloseReason reason) {
        open.get(transport).decrementAndGet();
        current.decrementAndGet();
        closed.get(reason).increment();
    }

    @Override
    public void received(int bytes) {
        messagesIn.increment();
        bytesIn.add(bytes);
    }

    @Override
    public void sent(int messages, long bytes) {
        messagesOut.add(messages);
        bytesOut.add(bytes);
    }

    @Override
    public void refused(String reason) {
        var adder = refused.get(reason);
        if (adder == null) {
            String label = refused.size() < REFUSAL_REASONS ? reason : "other";
            adder = refused.computeIfAbsent(label, r -> counter("collab.refusals", "Refused requests", "reason", r));
        }
        adder.increment();
    }

    public void restCall() {
        restCalls.increment();
    }

    public long connectionsTotal() {
        return opened.sum();
    }

    public int connectionsCurrent() {
        return current.get();
    }

    public long connectionsMost() {
        return most.get();
    }

    /** Messages that clients sent. */
    public long messagesProcessed() {
        return messagesIn.sum();
    }

    public long restCallsReceived() {
        return restCalls.sum();
    }
}
