package io.collabcluster.cluster.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** Commands to the shared Redis. Any thread. */
@FunctionalInterface
public interface Commands {

    /** Fails within a few seconds when Redis is away, and at once when too much waits already. */
    Future<Response> send(Request request);
}
