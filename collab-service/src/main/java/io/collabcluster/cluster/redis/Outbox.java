package io.collabcluster.cluster.redis;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** What waits to be published. What comes within one tick of the event loop leaves in one write. */
final class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);

    /** Requests that have been sent and not answered. */
    static final int WINDOW = 4_096;

    static final int MOST_MESSAGES = 65_536;
    static final long MOST_BYTES = 32L << 20;
    private static final int BATCH = 512;

    private record Message(String channel, Buffer payload) {}

    private final ContextInternal context;
    private final Function<String, Optional<Wire>> route;
    private final BiConsumer<Wire, RedisException> failed;
    private final Queue<Message> queue = new ConcurrentLinkedQueue<>();
    private final Allowance allowance = new Allowance(MOST_MESSAGES, MOST_BYTES);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean said = new AtomicBoolean();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean open;

    /** Touched on the event loop only. */
    private int inFlight;

    /**
     * @param route called on the event loop
     * @param failed told of each batch that Redis did not take as a whole, on the event loop
     */
    Outbox(ContextInternal context, Function<String, Optional<Wire>> route, BiConsumer<Wire, RedisException> failed) {
        this.context = context;
        this.route = route;
        this.failed = failed;
    }

    /** Any thread. @return whether it was taken */
    boolean offer(String channel, Buffer payload) {
        if (!open || !allowance.take(payload.length())) {
            drop();
            return false;
        }
        queue.add(new Message(channel, payload));
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(_ -> {
                scheduled.set(false);
                drain();
            });
        }
        return true;
    }

    /** Whether there is a Redis to publish to. Until then messages are dropped. */
    void open(boolean open) {
        this.open = open;
        if (open) {
            said.set(false);
        }
    }

    /** Messages so far that were not published, as Redis was away or too slow. */
    long dropped() {
        return dropped.sum();
    }

    private void drop() {
        dropped.increment();
        if (said.compareAndSet(false, true)) {
            LOG.warnf(
                    "Messages to the other nodes are dropped: %s (%d so far)",
                    open ? "Redis takes them too slowly" : "Redis is away", dropped.sum());
        }
    }

    private void drain() {
        while (inFlight < WINDOW && !queue.isEmpty()) {
            Map<Wire, List<Request>> batches = new LinkedHashMap<>();
            Map<Wire, Long> lengths = new LinkedHashMap<>();
            for (int i = 0; i < BATCH && !queue.isEmpty(); i++) {
                Message next = queue.remove();
                Optional<Wire> wire = route.apply(next.channel());
                if (wire.isEmpty()) {
                    allowance.giveBack(1, next.payload().length());
                    drop();
                    continue;
                }
                batches.computeIfAbsent(wire.get(), _ -> new ArrayList<>())
                        .add(wire.get().publish(next.channel()).arg(next.payload()));
                lengths.merge(wire.get(), (long) next.payload().length(), Long::sum);
            }
            batches.forEach((wire, batch) -> send(wire, batch, lengths.get(wire)));
        }
    }

    private void send(Wire wire, List<Request> batch, long length) {
        inFlight += batch.size();
        wire.publishing().batch(batch).onComplete(done -> {
            inFlight -= batch.size();
            allowance.giveBack(batch.size(), length);
            if (done.failed()) {
                failed.accept(wire, (RedisException) done.cause());
            }
            drain();
        });
    }
}
