package io.collabcluster.cluster.redis;

import io.collabcluster.cluster.redis.RedisOptions.Server;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The masters of a Redis Cluster, as any of its nodes tells them. Touched on one event loop only. */
final class ClusterNodes implements Topology {

    private final RedisOptions options;
    private final Connector connector;
    private final Timing timing;
    /** Those that were named last: the configured ones may have left since. */
    private List<Server> known = List.of();

    ClusterNodes(RedisOptions options, Connector connector, Timing timing) {
        this.options = options;
        this.connector = connector;
        this.timing = timing;
    }

    @Override
    public Future<Shards> find() {
        Set<Server> candidates = new LinkedHashSet<>(known);
        candidates.addAll(options.servers());
        return Topology.anyOf(candidates, this::ask);
    }

    private Future<Shards> ask(Server node) {
        return connector.connect(node).compose(line -> line.send(
                        Request.cmd(Command.CLUSTER).arg("SLOTS"), timing.answer())
                .eventually(() -> {
                    line.close();
                    return Future.succeededFuture();
                })
                .compose(answer -> answered(answer, node)));
    }

    private Future<Shards> answered(Response answer, Server node) {
        List<Shards.Range> ranges = new ArrayList<>();
        Set<Server> nodes = new LinkedHashSet<>();
        for (Response range : answer) {
            Server master = server(range.get(2), node);
            ranges.add(new Shards.Range(range.get(0).toInteger(), range.get(1).toInteger(), master));
            nodes.add(master);
        }
        for (Response range : answer) {
            for (int i = 3; i < range.size(); i++) {
                nodes.add(server(range.get(i), node));
            }
        }
        var shards = new Shards(List.copyOf(ranges));
        if (!shards.complete()) {
            return Future.failedFuture(
                    RedisFault.unavailable("the Redis Cluster of " + RedisFault.at(node) + " doesn't cover all slots"));
        }
        known = List.copyOf(nodes);
        return Future.succeededFuture(shards);
    }

    /** A node that does not know its own address leaves it out. */
    private static Server server(Response entry, Server asked) {
        String host = entry.get(0) == null ? "" : entry.get(0).toString();
        return new Server(
                host.isEmpty() || host.equals("?") ? asked.host() : host,
                entry.get(1).toInteger());
    }
}
