package io.collabcluster.collab;

/** A request was refused or could not be served. The message is meant for the client. */
public final class CollabException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What clients can tell apart: the word in an error acknowledgement, and the status of a REST answer. */
    public enum Code {
        INVALID("invalid", 400),
        UNAUTHENTICATED("unauthenticated", 401),
        TOKEN_EXPIRED("token_expired", 401),
        FORBIDDEN("forbidden", 403),
        NOT_FOUND("not_found", 404),
        CONFLICT("conflict", 409),
        TOO_LARGE("too_large", 413),
        TOO_MANY("too_many", 429),
        INTERNAL("internal", 500),
        UNAVAILABLE("unavailable", 503);

        private final String word;
        private final int status;

        Code(String word, int status) {
            this.word = word;
            this.status = status;
        }

        public String word() {
            return word;
        }

        public int status() {
            return status;
        }
    }

    private final Code code;

    public CollabException(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
