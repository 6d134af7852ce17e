package io.collabcluster.cluster.redis;

import io.collabcluster.cluster.redis.RedisOptions.Format;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** The Redis that the nodes share. It lives on one event loop, and finds its way back from every loss by itself. */
public final class SharedRedis implements Bus, Commands, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SharedRedis.class);

    private final ContextInternal context;
    private final RedisOptions options;
    private final Wires wires;
    private final Subscriptions subscriptions;
    private final Link link;
    private final Outbox outbox;
    private final Requests requests;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    public SharedRedis(Vertx vertx, RedisOptions options) {
        this(vertx, options, Timing.DEFAULTS);
    }

    SharedRedis(Vertx vertx, RedisOptions options, Timing timing) {
        this.options = options;
        context = ((VertxInternal) vertx).createEventLoopContext();
        wires = new Wires(vertx, options, timing);
        subscriptions = new Subscriptions(context);
        link = new Link(context, timing, wires, subscriptions, options.names(), this::changed);
        outbox = new Outbox(context, wires::ofChannel, link::failed);
        requests = new Requests(context, wires, link, options.names(), timing.answer());
    }

    /**
     * Connects, for as long as it takes.
     *
     * @return how the first attempt ends: up, or the {@link RedisException} that says what is wrong
     */
    public CompletionStage<Void> start() {
        Promise<Void> first = Promise.promise();
        context.runOnContext(_ -> link.start().onComplete(first));
        return first.future().toCompletionStage();
    }

    @Override
    public boolean publish(String channel, Buffer message) {
        return outbox.offer(channel, message);
    }

    @Override
    public Subscription subscribe(String channel, Listener listener) {
        var heard = new Heard(channel, listener, ended -> context.runOnContext(_ -> subscriptions.remove(ended)));
        context.runOnContext(_ -> subscriptions.add(heard));
        return heard;
    }

    @Override
    public CompletionStage<Integer> subscribers(String channel) {
        Promise<Integer> sum = Promise.promise();
        context.runOnContext(_ -> fault().<Future<Integer>>map(Future::failedFuture)
                .orElseGet(() -> count(channel))
                .onComplete(sum));
        return sum.future().toCompletionStage();
    }

    private Future<Integer> count(String channel) {
        String question = options.format() == Format.SHARDED ? "SHARDNUMSUB" : "NUMSUB";
        List<Future<Response>> counts = wires.all().stream()
                .map(wire -> requests.ask(
                        wire, Request.cmd(Command.PUBSUB).arg(question).arg(channel)))
                .toList();
        return Future.all(counts).map(_ -> counts.stream()
                .mapToInt(count -> count.result().get(1).toInteger())
                .sum());
    }

    @Override
    public boolean isUp() {
        return fault().isEmpty();
    }

    /** Why it is not up. */
    public Optional<RedisException> fault() {
        return link.fault();
    }

    @Override
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    /** To the master that has the keys of {@link Names#stored}. */
    @Override
    public Future<Response> send(Request request) {
        return requests.send(request);
    }

    /** Messages so far that were not published, as Redis was away or took them too slowly. */
    public long dropped() {
        return outbox.dropped();
    }

    /** Waits for nothing. */
    @Override
    public void close() {
        context.runOnContext(_ -> {
            outbox.open(false);
            link.close();
        });
    }

    private void changed(boolean up) {
        outbox.open(up);
        for (Watcher watcher : watchers) {
            try {
                watcher.changed(up);
            } catch (RuntimeException e) {
                LOG.error("What follows Redis' state has failed", e);
            }
        }
    }
}
