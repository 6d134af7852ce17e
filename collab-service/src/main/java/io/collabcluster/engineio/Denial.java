package io.collabcluster.engineio;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A request that is refused: {@code {"code":N,"message":M}} as the body.
 *
 * @param reason the metrics' label
 */
record Denial(int status, int code, String message, String reason, Optional<Duration> retryAfter) {

    static final Denial TRANSPORT_UNKNOWN = error(0, "Transport unknown", "transport_unknown");
    static final Denial SESSION_UNKNOWN = error(1, "Session ID unknown", "session_unknown");
    static final Denial BAD_HANDSHAKE_METHOD = error(2, "Bad handshake method", "bad_handshake_method");
    static final Denial BAD_REQUEST = error(3, "Bad request", "bad_request");
    static final Denial UNSUPPORTED_VERSION = error(5, "Unsupported protocol version", "unsupported_version");

    private static final Logger LOG = Logger.getLogger(Denial.class);

    private static final int FORBIDDEN = 4;

    private static Denial error(int code, String message, String reason) {
        return new Denial(400, code, message, reason, Optional.empty());
    }

    static Denial tooLarge(int limit) {
        return new Denial(
                413,
                3,
                "The body is larger than " + limit + " bytes, the maxPayload",
                "body_too_large",
                Optional.empty());
    }

    static Denial tooMany(String message, String reason, Duration retryAfter) {
        return new Denial(429, FORBIDDEN, message, reason, Optional.of(retryAfter));
    }

    static Denial closed() {
        return new Denial(
                503, FORBIDDEN, CloseReason.SERVER_SHUTTING_DOWN.text(), "closed", Optional.of(Duration.ofSeconds(1)));
    }

    static Denial of(Admission.Refusal refusal) {
        return new Denial(refusal.status(), FORBIDDEN, refusal.message(), "admission", refusal.retryAfter());
    }

    /** @param address of whose handshake it is; asked for only where the log is verbose: refusing many has to be cheap */
    void logHandshake(Supplier<String> address) {
        if (LOG.isDebugEnabled()) {
            LOG.debugf("A handshake of %s is refused: %s", address.get(), message);
        }
    }

    Buffer body() {
        return new JsonObject().put("code", code).put("message", message).toBuffer();
    }
}
