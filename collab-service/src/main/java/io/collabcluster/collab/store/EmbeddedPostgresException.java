package io.collabcluster.collab.store;

/** The embedded Postgres can't run. The message is one line for the operator: what failed, where, and what to do. */
public final class EmbeddedPostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedPostgresException(String message) {
        super(message, null, false, false);
    }
}
