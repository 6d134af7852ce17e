package io.collabcluster.cluster.redis;

import java.util.Optional;

/** What went wrong with the shared Redis, for people: with the server's address, and without a secret. */
public final class RedisException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public enum Kind {
        /** It may be there again later. */
        UNAVAILABLE,
        /** Trying again does not help: the configuration or the server has to be mended. */
        MISCONFIGURED,
        /** A shard's slots are elsewhere by now. */
        MOVED,
        /** It answers with an error, which the message ends with. */
        REFUSED
    }

    private final Kind kind;

    RedisException(Kind kind, String message) {
        this(kind, message, Optional.empty());
    }

    RedisException(Kind kind, String message, Optional<Throwable> cause) {
        super(message, cause.orElse(null));
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
