package io.collabcluster.cluster.redis;

import io.collabcluster.cluster.redis.RedisOptions.Server;
import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One connection to one Redis. Its client is its own, as closing that is what closes a socket that nobody answers on. */
record Line(Server server, Redis client, RedisConnection connection, RedisFault fault) {

    Future<Response> send(Request request) {
        return connection.send(request).recover(this::explained);
    }

    Future<Response> send(Request request, Duration deadline) {
        return connection
                .send(request)
                .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .recover(this::explained);
    }

    /** One write for all; fails when one of them has failed, after all were answered. */
    Future<List<Response>> batch(List<Request> requests) {
        return connection.batch(requests).recover(this::explained);
    }

    private <T> Future<T> explained(Throwable error) {
        return Future.failedFuture(fault.explain(error, server));
    }

    /** Told once or more. */
    void onEnd(Consumer<RedisException> listener) {
        connection.endHandler(
                _ -> listener.accept(RedisFault.unavailable(RedisFault.at(server) + " has closed the connection")));
        connection.exceptionHandler(error -> listener.accept(fault.explain(error, server)));
    }

    void close() {
        connection.endHandler(_ -> {});
        connection.exceptionHandler(_ -> {});
        client.close();
    }
}
