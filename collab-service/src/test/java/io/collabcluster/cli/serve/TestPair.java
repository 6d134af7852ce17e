package io.collabcluster.cli.serve;

import io.collabcluster.cluster.FaultyBus;
import io.collabcluster.cluster.TestRedis;
import io.collabcluster.cluster.redis.Names;
import io.collabcluster.cluster.redis.SharedRedis;
import io.collabcluster.cluster.roster.Peers;
import io.collabcluster.cluster.roster.SharedRoster;
import io.collabcluster.collab.CollabStack;
import io.collabcluster.collab.TestNode;
import io.collabcluster.collab.store.Postgres;
import io.collabcluster.collab.store.TestPostgres;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two nodes on one Redis and one Postgres; beside each other in one process, with a path and a bus for each. */
@Alternative
@Singleton
public class TestPair {

    /** Beside a node of its own that nobody asks for anything. */
    public static final class Profile extends TestNode.IdleProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(TestPair.class);
        }
    }

    /** One of the two. */
    final class One implements Peers {

        private final String id;
        private final SharedRedis redis;
        private final FaultyBus bus;
        private final CollabStack stack;
        private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

        private One(Vertx vertx, String id, long seed) {
            this.id = id;
            redis = new SharedRedis(vertx, TestPair.this.redis.options());
            redis.start().toCompletableFuture().join();
            bus = new FaultyBus(redis, seed);
            stack = new CollabStack(
                    vertx,
                    postgres,
                    path(),
                    new BusTopicNews(bus, NAMES),
                    new SharedRoster(bus, redis, NAMES, this),
                    Duration.ofMillis(500));
            redis.watch(up -> {
                if (up) {
                    stack.feeds().compareHeads();
                }
            });
            alive.put(id, this);
        }

        String path() {
            return "/collab-test-" + id;
        }

        CollabStack stack() {
            return stack;
        }

        SharedRedis redis() {
            return redis;
        }

        void faulty(double part) {
            bus.faulty(part);
        }

        /** Its lease ends. */
        void die() {
            alive.remove(id);
            alive.values().forEach(node -> node.watchers.forEach(watcher -> watcher.left(id)));
        }

        void comeBack() {
            alive.put(id, this);
        }

        @Override
        public String self() {
            return id;
        }

        @Override
        public Set<String> others() {
            var others = new HashSet<>(alive.keySet());
            others.remove(id);
            return others;
        }

        @Override
        public void watch(Watcher watcher) {
            watchers.add(watcher);
        }
    }

    private static final Names NAMES = new Names("pair");

    private final Map<String, One> alive = new ConcurrentHashMap<>();
    private final TestRedis redis = TestRedis.start();
    private final Postgres postgres;
    private final One a;
    private final One b;

    TestPair(Vertx vertx) {
        postgres = new Postgres(vertx, TestPostgres.database(TestPair.class, vertx));
        a = new One(vertx, "a", 1);
        b = new One(vertx, "b", 2);
    }

    void route(@Observes Router router) {
        a.stack.route(router);
        b.stack.route(router);
    }

    One a() {
        return a;
    }

    One b() {
        return b;
    }

    TestRedis redis() {
        return redis;
    }

    @PreDestroy
    void close() {
        for (One one : List.of(a, b)) {
            one.stack.close();
            one.bus.close();
            one.redis.close();
        }
        postgres.close();
        redis.close();
    }
}
