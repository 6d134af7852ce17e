package io.collabcluster.collab.store;

import io.collabcluster.collab.store.PostgresException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnectOptions;
import java.util.List;

/**
 * Where the next connection goes. Of several servers, the first that answers and is no standby, asked for each new
 * connection, beginning with the one that was found last: so connections follow a failover.
 */
final class PrimarySearch {

    private final Vertx vertx;
    private final List<PgConnectOptions> servers;
    private volatile int last;

    PrimarySearch(Vertx vertx, List<PgConnectOptions> servers) {
        this.vertx = vertx;
        this.servers = servers;
    }

    Future<SqlConnectOptions> find() {
        return servers.size() == 1 ? Future.succeededFuture(servers.getFirst()) : find(last, servers.size(), null);
    }

    private Future<SqlConnectOptions> find(int index, int left, Throwable reason) {
        if (left == 0) {
            return Future.failedFuture(
                    reason != null
                            ? reason
                            : new PostgresException(
                                    Kind.UNAVAILABLE, "every Postgres server is a standby: no primary"));
        }
        int next = (index + 1) % servers.size();
        return isPrimary(servers.get(index))
                .compose(
                        primary -> {
                            if (!primary) {
                                return find(next, left - 1, reason);
                            }
                            last = index;
                            return Future.succeededFuture(servers.get(index));
                        },
                        error -> find(next, left - 1, error));
    }

    private Future<Boolean> isPrimary(PgConnectOptions server) {
        return PgConnection.connect(vertx, server).compose(connection -> connection
                .query("select pg_is_in_recovery()")
                .execute()
                .map(rows -> !rows.iterator().next().getBoolean(0))
                .onComplete(done -> connection.close()));
    }
}
