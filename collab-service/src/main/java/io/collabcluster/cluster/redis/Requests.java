package io.collabcluster.cluster.redis;

import io.collabcluster.cluster.redis.RedisException.Kind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The commands: to the master that has the keys of {@link Names#stored}. Any thread. */
final class Requests implements Commands {

    private static final int MOST = 1_000;

    private final ContextInternal context;
    private final Wires wires;
    private final Link link;
    private final String key;
    private final Duration deadline;
    private final AtomicInteger waiting = new AtomicInteger();

    Requests(ContextInternal context, Wires wires, Link link, Names names, Duration deadline) {
        this.context = context;
        this.wires = wires;
        this.link = link;
        this.key = names.stored("");
        this.deadline = deadline;
    }

    @Override
    public Future<Response> send(Request request) {
        if (waiting.incrementAndGet() > MOST) {
            waiting.decrementAndGet();
            return Future.failedFuture(RedisFault.unavailable("too many commands wait for Redis already"));
        }
        Context caller = Vertx.currentContext();
        Promise<Response> promise = caller == null ? Promise.promise() : ((ContextInternal) caller).promise();
        context.runOnContext(_ -> wires.ofKey(key)
                .map(wire -> ask(wire, request))
                .orElseGet(this::away)
                .onComplete(done -> {
                    waiting.decrementAndGet();
                    promise.handle(done);
                }));
        return promise.future();
    }

    private Future<Response> away() {
        return Future.failedFuture(
                link.fault().orElseGet(() -> RedisFault.unavailable("the connection to Redis was just lost")));
    }

    /** On the event loop. */
    Future<Response> ask(Wire wire, Request request) {
        return wire.commands().send(request, deadline).onFailure(error -> {
            // Where an answer is late the next one would be later yet. An error in an answer is the caller's.
            if (error instanceof RedisException fault
                    && (fault.kind() == Kind.UNAVAILABLE || fault.kind() == Kind.MOVED)) {
                link.failed(wire, fault);
            }
        });
    }
}
