package io.collabcluster.collab.store;

import io.collabcluster.collab.store.PostgresException.Kind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** The tables, all in the Postgres schema {@code collab}, brought up to date by Flyway. Nodes that start at once wait for one another. */
public final class Schema {

    public static final String NAME = "collab";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final PostgresTarget target;

    public Schema(Vertx vertx, PostgresOptions options) {
        this.vertx = vertx;
        this.target = PostgresTarget.of(options);
    }

    /**
     * Tries until Postgres is there; fails with {@link PostgresException} only where trying again would not help, as for a
     * wrong password or a missing database.
     *
     * @param waiting told why, before each further try
     */
    public Uni<Void> migrate(Consumer<String> waiting) {
        return Uni.createFrom()
                .completionStage(() -> attempt(FIRST_PAUSE, waiting).toCompletionStage());
    }

    private Future<Void> attempt(Duration pause, Consumer<String> waiting) {
        return vertx.<Void>executeBlocking(
                        () -> {
                            migrateNow();
                            return null;
                        },
                        false)
                .recover(error -> {
                    PostgresException fault = PostgresFault.explain(error, target);
                    if (fault.kind() != Kind.UNAVAILABLE) {
                        return Future.failedFuture(fault);
                    }
                    waiting.accept(fault.getMessage());
                    var next = pause.multipliedBy(2);
                    return vertx.timer(pause.toMillis(), TimeUnit.MILLISECONDS)
                            .compose(
                                    tick -> attempt(next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE, waiting));
                });
    }

    /** Blocks. Tries once. */
    void migrateNow() {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(dataSource())
                    .defaultSchema(NAME)
                    .createSchemas(true)
                    .resourceProvider(new KnownMigrations())
                    .javaMigrationClassProvider(List::of)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            PostgresException fault = PostgresFault.explain(e, target);
            throw e.getCause() == null
                    ? new PostgresException(
                            Kind.MISCONFIGURED,
                            "the tables in the database \"" + target.database() + "\" at " + target.where()
                                    + " are not those of this version: "
                                    + e.getMessage().strip().replaceAll("\\s*\\R\\s*", "; "))
                    : fault;
        }
    }

    private PGSimpleDataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setServerNames(target.servers().stream()
                .map(PostgresTarget.Server::host)
                .map(host -> host.contains(":") ? "[" + host + "]" : host)
                .toArray(String[]::new));
        source.setPortNumbers(
                target.servers().stream().mapToInt(PostgresTarget.Server::port).toArray());
        source.setDatabaseName(target.database());
        source.setUser(target.username());
        source.setPassword(target.password().orElse(""));
        source.setConnectTimeout(5);
        source.setLoginTimeout(10);
        source.setSocketTimeout(300);
        source.setApplicationName("collab-migration");
        if (target.servers().size() > 1) {
            source.setTargetServerType("primary");
        }
        target.tls().applyTo(source);
        return source;
    }
}
