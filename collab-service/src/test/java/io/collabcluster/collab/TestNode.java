package io.collabcluster.collab;

import io.collabcluster.cluster.roster.LocalRoster;
import io.collabcluster.collab.comment.CommentService;
import io.collabcluster.collab.presence.PresenceService;
import io.collabcluster.collab.session.SignIn;
import io.collabcluster.collab.store.Postgres;
import io.collabcluster.collab.store.PostgresOptions;
import io.collabcluster.collab.store.TestPostgres;
import io.collabcluster.collab.topic.TopicFeeds;
import io.collabcluster.collab.topic.TopicNews;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.vertx.core.Vertx;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The collaboration part of a node, on a database of its own, at {@code /collab-test}. */
@Alternative
@Singleton
public class TestNode {

    public static final String PATH = "/collab-test";

    /** A node on a database of its own that nobody asks for anything. */
    public static class IdleProfile implements QuarkusTestProfile {

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
    }

    /** Switches the wiring on in a test, beside an idle node. */
    public static final class Profile extends IdleProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(TestNode.class);
        }
    }

    private final Postgres postgres;
    private final CollabStack stack;

    public TestNode(Vertx vertx) {
        postgres = new Postgres(vertx, TestPostgres.database(TestNode.class, vertx));
        stack = new CollabStack(vertx, postgres, PATH, TopicNews.NONE, new LocalRoster(), Duration.ofSeconds(1));
    }

    void route(@Observes Router router) {
        stack.route(router);
    }

    @Produces
    @Alternative
    @Priority(1)
    CommentService service() {
        return stack.comments();
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
        return stack.presence();
    }

    @Produces
    TopicFeeds feeds() {
        return stack.feeds();
    }

    public void unavailable(Optional<String> reason) {
        stack.unavailable(reason);
    }

    public void lose(String socket) {
        stack.lose(socket);
    }

    @PreDestroy
    void close() {
        stack.close();
        postgres.close();
    }
}
