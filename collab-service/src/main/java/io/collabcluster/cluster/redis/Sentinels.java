package io.collabcluster.cluster.redis;

import io.collabcluster.cluster.redis.RedisOptions.Server;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** The master that the sentinels name; see Redis' "Guidelines for Redis clients with support for Redis Sentinel". */
record Sentinels(RedisOptions options, Connector connector, Timing timing) implements Topology {

    @Override
    public Future<Shards> find() {
        return Topology.anyOf(options.servers(), this::ask);
    }

    private Future<Shards> ask(Server sentinel) {
        var question =
                Request.cmd(Command.SENTINEL).arg("GET-MASTER-ADDR-BY-NAME").arg(options.master());
        return connector.connectSentinel(sentinel).compose(line -> line.send(question, timing.answer())
                .eventually(() -> {
                    line.close();
                    return Future.succeededFuture();
                })
                .compose(answer -> answered(answer, sentinel)));
    }

    private Future<Shards> answered(Response answer, Server sentinel) {
        return answer == null
                ? Future.failedFuture(RedisFault.misconfigured("the sentinel at " + sentinel.host() + ":"
                        + sentinel.port() + " knows no master \"" + options.master()
                        + "\": redis.master must be a name that \"SENTINEL MASTERS\" lists"))
                : Future.succeededFuture(Shards.single(
                        new Server(answer.get(0).toString(), answer.get(1).toInteger())));
    }
}
