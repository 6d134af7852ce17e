package io.collabcluster.engineio;

import java.time.Duration;
import java.util.Optional;

/** Decides whether a new session may open; asked before limits that cost more, and before any authentication. */
@FunctionalInterface
public interface Admission {

    Admission OPEN = handshake -> Optional.empty();

    /** Empty to admit, else why not. Called on an event loop: must not block. */
    Optional<Refusal> refuse(Handshake handshake);

    /**
     * @param status the HTTP status, e.g. 503 or 403
     * @param message told to the client in {@code {"code":4,"message":…}}
     * @param retryAfter sent as {@code Retry-After}, in whole seconds
     */
    record Refusal(int status, String message, Optional<Duration> retryAfter) {}
}
