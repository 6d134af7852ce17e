package io.collabcluster.access;

/** A sign-in or an action was refused. The message is meant for the client. */
public final class AccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What clients can tell apart. */
    public enum Code {
        /** No token, or one that can't be trusted. */
        UNAUTHENTICATED,
        /** The token was good once. */
        TOKEN_EXPIRED,
        /** Signed in, but not allowed to do this. */
        FORBIDDEN,
        /** The authorization server or the key set can't be reached. */
        UNAVAILABLE
    }

    private final Code code;

    public AccessException(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
