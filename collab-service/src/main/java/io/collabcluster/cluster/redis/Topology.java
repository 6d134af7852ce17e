package io.collabcluster.cluster.redis;

import io.collabcluster.cluster.redis.RedisOptions.Server;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Finds out which servers are the masters now. */
@FunctionalInterface
interface Topology {

    Future<Shards> find();

    static Topology of(RedisOptions options, Connector connector, Timing timing) {
        return switch (options.mode()) {
            case STANDALONE ->
                () -> Future.succeededFuture(Shards.single(options.servers().getFirst()));
            case SENTINEL -> new Sentinels(options, connector, timing);
            case CLUSTER -> new ClusterNodes(options, connector, timing);
        };
    }

    /**
     * Asks one server after the other, until one answers; fails with what the last one said. In any order, so that one
     * that is cut off from its peers, and knows old things only, does not always come first.
     */
    static <T> Future<T> anyOf(Collection<Server> servers, Function<Server, Future<T>> question) {
        List<Server> shuffled = new ArrayList<>(servers);
        Collections.shuffle(shuffled);
        return first(shuffled, question);
    }

    private static <T> Future<T> first(List<Server> servers, Function<Server, Future<T>> question) {
        Future<T> asked = question.apply(servers.getFirst());
        return servers.size() == 1 ? asked : asked.recover(_ -> first(servers.subList(1, servers.size()), question));
    }
}
