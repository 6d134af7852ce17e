package io.collabcluster.cluster.redis;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Request;
import java.util.ArrayDeque;
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

    /** Requests that one Redis was sent and has not answered. */
    static final int WINDOW = 4_096;

    static final int MOST_MESSAGES = 65_536;
    static final long MOST_BYTES = 32L << 20;
    private static final int BATCH = 512;

    private record Message(String channel, Buffer payload) {}

    /** To one Redis: one that is stuck holds up no other. */
    private static final class Lane {
        private final Queue<Message> waiting = new ArrayDeque<>();
        private int inFlight;
    }

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
    private final Map<Wire, Lane> lanes = new LinkedHashMap<>();

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

    /** Whether there is a Redis to publish to. Until then messages are dropped. On the event loop. */
    void open(boolean open) {
        this.open = open;
        if (open) {
            said.set(false);
        }
        List<Message> waiting = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            waiting.addAll(lane.waiting);
            lane.waiting.clear();
        }
        waiting.forEach(this::place);
        drain();
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
        for (Message next = queue.poll(); next != null; next = queue.poll()) {
            place(next);
        }
        List.copyOf(lanes.entrySet()).forEach(lane -> drain(lane.getKey(), lane.getValue()));
    }

    private void place(Message message) {
        route.apply(message.channel())
                .ifPresentOrElse(
                        wire -> lanes.computeIfAbsent(wire, _ -> new Lane())
                                .waiting
                                .add(message),
                        () -> {
                            allowance.giveBack(1, message.payload().length());
                            drop();
                        });
    }

    private void drain(Wire wire, Lane lane) {
        while (lane.inFlight < WINDOW && !lane.waiting.isEmpty()) {
            List<Request> batch = new ArrayList<>();
            long length = 0;
            int room = Math.min(BATCH, WINDOW - lane.inFlight);
            while (batch.size() < room && !lane.waiting.isEmpty()) {
                Message next = lane.waiting.remove();
                batch.add(wire.publish(next.channel()).arg(next.payload()));
                length += next.payload().length();
            }
            send(wire, lane, batch, length);
        }
        if (lane.inFlight == 0 && lane.waiting.isEmpty()) {
            lanes.remove(wire, lane);
        }
    }

    private void send(Wire wire, Lane lane, List<Request> batch, long length) {
        lane.inFlight += batch.size();
        wire.publishing().batch(batch).onComplete(done -> {
            lane.inFlight -= batch.size();
            allowance.giveBack(batch.size(), length);
            if (done.failed()) {
                failed.accept(wire, (RedisException) done.cause());
            }
            drain(wire, lane);
        });
    }
}
