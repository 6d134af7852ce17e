package io.collabcluster.cli.serve;

import io.collabcluster.cli.StartFailure;
import io.collabcluster.cluster.ClusterOptions;
import io.collabcluster.cluster.adapter.Membership;
import io.collabcluster.cluster.adapter.RedisAdapters;
import io.collabcluster.cluster.redis.RedisException;
import io.collabcluster.cluster.redis.RedisOptions;
import io.collabcluster.cluster.redis.SharedRedis;
import io.collabcluster.cluster.roster.Peers;
import io.collabcluster.socketio.AdapterFactory;
import io.collabcluster.status.Dependency;
import io.collabcluster.status.ServerMetrics;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** What joins this node to the others. */
final class Clustering implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Clustering.class);
    private static final long FIRST_ATTEMPT_SECONDS = 15;

    private final RedisOptions options;
    private final SharedRedis redis;
    private final ServerMetrics metrics;

    Clustering(Vertx vertx, ClusterOptions options, ServerMetrics metrics) {
        this.options = options.redis();
        this.metrics = metrics;
        redis = new SharedRedis(vertx, options.redis());
        metrics.counter(
                "collab.unpublished",
                "Messages to other nodes that were not sent, as Redis was away or took them too slowly",
                redis::dropped);
    }

    SharedRedis redis() {
        return redis;
    }

    Sharing sharing(Peers peers) {
        return Sharing.over(redis, options.names(), peers, metrics);
    }

    /** Joins the namespaces to those of the other processes behind the Redis; one for the process. */
    AdapterFactory adapters(Membership membership) {
        var adapters = new RedisAdapters(redis, options.format(), options.names(), membership);
        Sharing.countGarbage(metrics, "socketio", adapters::dropped);
        return adapters;
    }

    /**
     * Returns when Redis is there, or as soon as it turns out to be away: then it is waited for. Fails with {@link
     * StartFailure} where trying again would not help.
     */
    void start() {
        try {
            redis.start().toCompletableFuture().get(FIRST_ATTEMPT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RedisException fault)) {
                throw new IllegalStateException(e.getCause());
            }
            if (fault.kind() == RedisException.Kind.MISCONFIGURED) {
                throw new StartFailure(
                        fault.getMessage(), "mend redisServerUrl or redis in config.json, or the Redis", fault);
            }
        } catch (TimeoutException _) {
            LOG.warn("Redis takes long to connect to");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    Dependency dependency() {
        return new Dependency(Dependency.REDIS_SERVER, this::check);
    }

    private Uni<Void> check() {
        return redis.fault()
                .<Uni<Void>>map(fault -> Uni.createFrom().failure(fault))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Has the dependency checked with each change, so that the node pauses and goes on without waiting for the next. */
    void onChange(Consumer<String> suspect) {
        redis.watch(_ -> suspect.accept(Dependency.REDIS_SERVER));
    }

    /** After each loss, however short: what the others said meanwhile was not heard. On an event loop. */
    void onBack(Runnable catchUp) {
        redis.watch(up -> {
            if (up) {
                catchUp.run();
            }
        });
    }

    @Override
    public void close() {
        redis.close();
    }
}
