package io.collabcluster.collab.store;

import io.collabcluster.collab.store.PostgresException.Kind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pool of connections. Every wait has a deadline, for a connection as for an answer, and the queue for connections is
 * bounded; what fails, fails with {@link PostgresException}. Connections come and go with Postgres: nothing has to be
 * started again after it was away.
 */
public final class Postgres implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Enforced by the server, so that a statement whose caller has given up does not go on. */
    private static final Duration STATEMENT = Duration.ofSeconds(5);
    /** For a connection and an answer together. */
    private static final Duration QUERY = Duration.ofSeconds(8);

    private static final int WAITING = 2_000;

    private final PostgresTarget target;
    private final int poolSize;
    private final Vertx vertx;
    private final PrimarySearch primary;
    private volatile Pool pool;
    private final AtomicInteger queries = new AtomicInteger();
    private volatile Runnable unavailable = () -> {};

    public Postgres(Vertx vertx, PostgresOptions options) {
        this.vertx = vertx;
        target = PostgresTarget.of(options);
        poolSize = options.poolSize();
        primary = new PrimarySearch(
                vertx, target.servers().stream().map(this::connectOptions).toList());
        pool = open();
    }

    private Pool open() {
        return PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(poolSize)
                        .setMaxWaitQueueSize(WAITING)
                        .setConnectionTimeout((int) CONNECT.toSeconds())
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                        .setMaxLifetime(30)
                        .setMaxLifetimeUnit(TimeUnit.MINUTES))
                .connectingTo(primary::find)
                .using(vertx)
                .build();
    }

    private PgConnectOptions connectOptions(PostgresTarget.Server server) {
        var options = new PgConnectOptions()
                .setHost(server.host())
                .setPort(server.port())
                .setDatabase(target.database())
                .setUser(target.username())
                .setCachePreparedStatements(true)
                .setConnectTimeout((int) CONNECT.toMillis())
                .setTcpKeepAlive(true)
                .addProperty("application_name", "collab")
                .addProperty("statement_timeout", Long.toString(STATEMENT.toMillis()));
        options.setPassword(target.password().orElse(""));
        target.tls().applyTo(options);
        return options;
    }

    /** Runs one statement, in a transaction of its own. Nothing runs before the Uni is subscribed to. */
    public Uni<RowSet<Row>> query(String sql, Tuple arguments) {
        return run(sql, arguments)
                .onFailure(error -> error instanceof PostgresException fault && fault.kind() == Kind.UNAVAILABLE)
                .invoke(() -> unavailable.run());
    }

    /** Is told whenever a {@link #query} fails since Postgres is away; must not block. */
    public void onUnavailable(Runnable listener) {
        unavailable = listener;
    }

    private Uni<RowSet<Row>> run(String sql, Tuple arguments) {
        return Uni.createFrom().completionStage(() -> {
            queries.incrementAndGet();
            // Not pool.preparedQuery: its timer outlives a refused connection, and then logs an error of its own.
            Future<RowSet<Row>> rows = pool.withConnection(
                    connection -> connection.preparedQuery(sql).execute(arguments));
            rows.onComplete(done -> queries.decrementAndGet());
            return rows.timeout(QUERY.toMillis(), TimeUnit.MILLISECONDS)
                    .recover(error -> Future.failedFuture(PostgresFault.explain(error, target)))
                    .toCompletionStage();
        });
    }

    /** Fails unless the server answers, and is one that can be written to. */
    public Uni<Void> check() {
        return run("select pg_is_in_recovery()", Tuple.tuple())
                .map(rows -> rows.iterator().next().getBoolean(0))
                .invoke(standby -> {
                    if (standby) {
                        leaveStandby();
                        throw new PostgresException(
                                Kind.UNAVAILABLE, "Postgres at " + target.where() + " is a standby: read only");
                    }
                })
                .replaceWithVoid();
    }

    /** The primary became a standby, and its connections stayed open: the next ones look for the new primary. */
    private synchronized void leaveStandby() {
        if (target.servers().size() > 1) {
            Pool left = pool;
            pool = open();
            left.close();
        }
    }

    /** @param waiting statements that wait for a connection */
    public record Use(int inUse, int idle, int waiting) {}

    public Use use() {
        int running = queries.get();
        int open = pool.size();
        int inUse = Math.min(running, open);
        return new Use(inUse, open - inUse, running - inUse);
    }

    /** The servers, for a message. */
    public String where() {
        return target.where();
    }

    @Override
    public void close() {
        pool.close();
    }
}
