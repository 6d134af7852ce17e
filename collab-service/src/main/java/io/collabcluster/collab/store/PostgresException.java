package io.collabcluster.collab.store;

/** Postgres did not do what was asked. The message is one line for the operator: what failed, where, and what to do. */
public final class PostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What to do about it. */
    public enum Kind {
        /** It may work later. What was asked for may have happened all the same. */
        UNAVAILABLE,
        /** It won't work before someone changes the configuration or the database. */
        MISCONFIGURED,
        /** The statement broke a unique key: nothing happened. */
        DUPLICATE,
        /** Postgres refused the statement: nothing happened. */
        REFUSED
    }

    private final Kind kind;

    PostgresException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
