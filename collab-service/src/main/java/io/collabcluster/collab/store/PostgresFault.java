package io.collabcluster.collab.store;

import io.collabcluster.collab.store.PostgresException.Kind;
import io.vertx.pgclient.PgException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Explains, in one line, what a driver's error means for the one who runs the server. */
final class PostgresFault {

    private PostgresFault() {}

    static PostgresException explain(Throwable error, PostgresTarget target) {
        if (error instanceof PostgresException known) {
            return known;
        }
        return sqlState(error).map(state -> byState(state, error, target)).orElseGet(() -> connection(error, target));
    }

    /** @param state see appendix A of the Postgres manual */
    private static PostgresException byState(String state, Throwable error, PostgresTarget target) {
        String at = "Postgres at " + target.where();
        return switch (state) {
            case "28P01", "28000" ->
                misconfigured(at + " refuses the user \"" + target.username() + "\" (" + text(error)
                        + "): correct dataSource.username and dataSource.password, or the server's pg_hba.conf");
            case "3D000" ->
                misconfigured(at + " has no database \"" + target.database()
                        + "\": create it (createdb), or name another one in dataSource.database");
            case "42501" ->
                misconfigured(at + " does not let the user \"" + target.username() + "\" do this (" + text(error)
                        + "): grant CREATE on the database \"" + target.database() + "\"");
            case "23505" -> new PostgresException(Kind.DUPLICATE, text(error));
            default ->
                switch (state.substring(0, 2)) {
                    case "08", "53", "57", "58", "40", "25", "55", "XX" -> unavailable(at + ": " + text(error));
                    default -> new PostgresException(Kind.REFUSED, at + ": " + text(error) + " (" + state + ")");
                };
        };
    }

    private static PostgresException connection(Throwable error, PostgresTarget target) {
        String at = "Postgres at " + target.where();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return unavailable(at + " can't be found: the host name is unknown; correct dataSource.host");
            }
            if (cause instanceof TimeoutException) {
                return unavailable(at + " did not answer in time");
            }
            if (cause instanceof SSLException) {
                return unavailable("TLS to " + at + " failed: " + text(cause));
            }
        }
        return unavailable(at + " can't be reached: " + text(error));
    }

    private static Optional<String> sqlState(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String state =
                    switch (cause) {
                        case PgException e -> e.getSqlState();
                        case SQLException e -> e.getSQLState();
                        default -> null;
                    };
            // The JDBC driver gives 08xxx to what never reached the server: the cause says more.
            if (state != null && state.length() == 5 && !(cause instanceof SQLException && state.startsWith("08"))) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    private static String text(Throwable error) {
        Throwable innermost = error;
        while (innermost.getCause() != null && !(innermost instanceof SSLException)) {
            innermost = innermost.getCause();
        }
        String message =
                innermost instanceof PgException e ? e.getErrorMessage() : String.valueOf(innermost.getMessage());
        return message == null
                ? innermost.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    private static PostgresException unavailable(String message) {
        return new PostgresException(Kind.UNAVAILABLE, message);
    }

    private static PostgresException misconfigured(String message) {
        return new PostgresException(Kind.MISCONFIGURED, message);
    }
}
