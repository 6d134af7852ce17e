package io.collabcluster.collab;

import io.collabcluster.cluster.roster.LocalRoster;
import io.collabcluster.collab.comment.CommentEvents;
import io.collabcluster.collab.comment.CommentRepository;
import io.collabcluster.collab.comment.CommentService;
import io.collabcluster.collab.presence.PresenceEvents;
import io.collabcluster.collab.presence.PresenceService;
import io.collabcluster.collab.session.SignIn;
import io.collabcluster.collab.store.Postgres;
import io.collabcluster.collab.store.PostgresOptions;
import io.collabcluster.collab.store.TestPostgres;
import io.collabcluster.collab.topic.TopicFeeds;
import io.collabcluster.collab.topic.TopicNews;
import io.collabcluster.engineio.Admission;
import io.collabcluster.engineio.EngineMetrics;
import io.collabcluster.engineio.EngineOptions;
import io.collabcluster.engineio.EngineServer;
import io.collabcluster.socketio.LocalAdapter;
import io.collabcluster.socketio.Namespace;
import io.collabcluster.socketio.SocketIoOptions;
import io.collabcluster.socketio.SocketIoServer;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.Router;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The collaboration part of a node, on a database of its own, at {@code /collab-test}. */
@Alternative
@Singleton
public class TestNode {

    public static final String PATH = "/collab-test";

    /** For which a lost member stays: short, as tests wait for its end. */
    public static final Duration GRACE = Duration.ofMillis(700);

    private static final CollabOptions OPTIONS =
            new CollabOptions(10_000, 4_096, 65_536, 200, new PresenceOptions(100, 3, 5, 1_000, GRACE));

    /** Switches the wiring on in a test, beside a node of its own that nobody asks for anything. */
    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            PostgresOptions database = TestPostgres.emptyDatabase("idle");
            String config = """
                    {"port": 0, "host": "127.0.0.1",
                     "dataSource": {"host": "%s", "port": %d, "database": "%s", "username": "%s", "password": "%s"}}
                    """.formatted(
                            database.host(),
                            database.port(),
                            database.database(),
                            database.username(),
                            database.password().orElseThrow());
            try {
                Path file = Files.writeString(Path.of("target/idle.json"), config);
                return Map.of("collab.config", file.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(TestNode.class);
        }
    }

    private final AtomicReference<Optional<String>> unavailable = new AtomicReference<>(Optional.empty());
    private final Postgres postgres;
    private final TopicFeeds feeds;
    private final CommentService service;
    private final PresenceService presence;
    private final EngineServer engine;

    public TestNode(Vertx vertx) {
        postgres = new Postgres(vertx, TestPostgres.database(TestNode.class, vertx));
        var repository = new CommentRepository(postgres);
        var server = new SocketIoServer(SocketIoOptions.DEFAULTS, LocalAdapter::new);
        Namespace namespace = server.of("/");
        var loops = new ArrayList<EventExecutor>();
        ((VertxInternal) vertx).getEventLoopGroup().forEach(loops::add);
        feeds = new TopicFeeds(
                repository,
                CommentEvents.room(namespace),
                TopicNews.NONE,
                List.copyOf(loops),
                OPTIONS.pageSize(),
                Duration.ofSeconds(1));
        service = new CommentService(repository, OPTIONS, unavailable::get, feeds::committed);
        CommentEvents.install(namespace, new TestAuthenticator(), service, feeds);
        presence = new PresenceService(
                namespace,
                new LocalRoster(),
                List.copyOf(loops),
                OPTIONS,
                service::authorizeSubscription,
                unavailable::get);
        PresenceEvents.install(namespace, presence);
        engine = new EngineServer(EngineOptions.DEFAULTS.at(PATH), Admission.OPEN, EngineMetrics.NONE, server);
    }

    void route(@Observes Router router) {
        engine.route(router);
    }

    @Produces
    @Alternative
    @Priority(1)
    CommentService service() {
        return service;
    }

    @Produces
    @Alternative
    @Priority(1)
    SignIn signIn() {
        return new SignIn(new TestAuthenticator());
    }

    @Produces
    @Alternative
    @Priority(1)
    PresenceService presence() {
        return presence;
    }

    @Produces
    TopicFeeds feeds() {
        return feeds;
    }

    public void unavailable(Optional<String> reason) {
        unavailable.set(reason);
    }

    @PreDestroy
    void close() {
        feeds.close();
        postgres.close();
    }
}
