package io.collabcluster.cli.serve;

import io.collabcluster.cli.StartFailure;
import io.collabcluster.collab.store.EmbeddedPostgresException;
import io.collabcluster.collab.store.EmbeddedPostgresServer;
import io.collabcluster.collab.store.Postgres;
import io.collabcluster.collab.store.PostgresException;
import io.collabcluster.collab.store.PostgresOptions;
import io.collabcluster.collab.store.Schema;
import io.collabcluster.config.Database;
import io.quarkus.runtime.Quarkus;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** The node's database: embedded or not, with its tables brought up to date. */
final class Storage implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Storage.class);
    private static final long FIRST_ATTEMPT_SECONDS = 30;

    private final Optional<EmbeddedPostgresServer> embedded;
    private final Postgres postgres;
    private final Schema schema;
    private final CompletableFuture<Void> migrated = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile String waiting = "the tables are not up to date yet";

    /** Blocks while an embedded server starts. */
    Storage(Vertx vertx, Database database) {
        PostgresOptions options;
        switch (database) {
            case Database.Embedded(var folder, var poolSize) -> {
                try {
                    embedded = Optional.of(EmbeddedPostgresServer.start(folder));
                } catch (EmbeddedPostgresException e) {
                    throw new StartFailure(
                            e.getMessage(), "mend that, or set dataSource in config.json to a Postgres of your own", e);
                }
                options = embedded.get().options(poolSize);
            }
            case Database.External(var external) -> {
                embedded = Optional.empty();
                options = external;
            }
        }
        postgres = new Postgres(vertx, options);
        schema = new Schema(vertx, options);
    }

    Postgres postgres() {
        return postgres;
    }

    /**
     * Brings the tables up to date, for as long as it takes. Returns when that is done, or as soon as the database turns
     * out to be away; fails with {@link StartFailure} where trying again would not help.
     */
    void migrate() {
        var first = new CompletableFuture<Void>();
        schema.migrate(reason -> {
                    waiting = reason;
                    LOG.warn(reason);
                    first.complete(null);
                })
                .subscribe()
                .with(
                        done -> {
                            migrated.complete(null);
                            first.complete(null);
                        },
                        error -> {
                            if (!first.completeExceptionally(error)) {
                                giveUp(error);
                            }
                        });
        try {
            first.get(FIRST_ATTEMPT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            LOG.warn("The database takes long to bring up to date");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException failure(Throwable cause) {
        return cause instanceof PostgresException
                ? new StartFailure(
                        cause.getMessage(), "mend dataSource (or dburl) in config.json, or the database", cause)
                : new IllegalStateException(cause);
    }

    /** The database came back, and is one that this node can't use. */
    private void giveUp(Throwable error) {
        if (closed) {
            return;
        }
        LOG.errorf("The server ends: %s", error.getMessage());
        Quarkus.asyncExit(1);
    }

    /** Fails unless the tables are up to date and the database can be written to. */
    Uni<Void> check() {
        return migrated.isDone()
                ? postgres.check()
                : Uni.createFrom().failure(() -> new IllegalStateException(waiting));
    }

    @Override
    public void close() {
        closed = true;
        postgres.close();
        embedded.ifPresent(EmbeddedPostgresServer::close);
    }
}
