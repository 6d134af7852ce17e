package io.collabcluster.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** One server process of a cluster, whose ways to Redis and to Postgres can be cut for it alone. */
final class ClusterNode implements AutoCloseable {

    private final TcpProxy redis;
    private final TcpProxy postgres;
    private final ServerProcess server;
    private Optional<String> lastWords = Optional.empty();

    private ClusterNode(TcpProxy redis, TcpProxy postgres, ServerProcess server) {
        this.redis = redis;
        this.postgres = postgres;
        this.server = server;
    }

    /**
     * Not started yet.
     *
     * @param config lacks {@code dataSource.port}; where it names a Redis, that one is reached directly
     * @param environment of the process, beside this one's
     */
    static ClusterNode of(JsonObject config, int redisPort, int postgresPort, Map<String, String> environment) {
        var redis = TcpProxy.to(redisPort);
        var postgres = TcpProxy.to(postgresPort);
        var complete = new JsonObject()
                .put("redisServerUrl", "redis://127.0.0.1:" + redis.port())
                .mergeIn(config.copy());
        complete.getJsonObject("dataSource", new JsonObject()).put("port", postgres.port());
        return new ClusterNode(redis, postgres, ServerProcess.of(complete, environment));
    }

    TcpProxy redis() {
        return redis;
    }

    TcpProxy postgres() {
        return postgres;
    }

    ServerProcess server() {
        return server;
    }

    int port() {
        return server.port();
    }

    /** The nodes of its cluster as it sees them. */
    JsonArray members() {
        return new JsonObject(server.get("/status?scope=cluster").body()).getJsonArray("nodes");
    }

    /** What it has written, also when it is closed. */
    String output() {
        return lastWords.orElseGet(server::output);
    }

    @Override
    public void close() {
        if (lastWords.isPresent()) {
            return;
        }
        lastWords = Optional.of(server.output());
        server.close();
        redis.close();
        postgres.close();
    }
}
