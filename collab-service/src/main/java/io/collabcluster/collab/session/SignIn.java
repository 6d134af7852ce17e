package io.collabcluster.collab.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.collabcluster.access.AccessException;
import io.collabcluster.access.Authenticator;
import io.collabcluster.access.Authenticator.Credentials;
import io.collabcluster.access.Identity;
import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.socketio.ConnectMiddleware;
import io.collabcluster.socketio.ConnectRefusal;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Socket;
import io.collabcluster.socketio.SocketHandshake;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Finds out who connects, from the CONNECT packet's {@code token} or {@code name}, or the Authorization header. A refused
 * client gets the reason, and the same code as in an error acknowledgement as {@code data.code}.
 */
public final class SignIn implements ConnectMiddleware {

    private static final Logger LOG = Logger.getLogger(SignIn.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Authenticator authenticator;

    public SignIn(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public CompletionStage<Void> admit(Socket socket) {
        return Uni.createFrom()
                .deferred(() -> identify(credentials(socket.handshake())))
                .invoke(identity -> socket.put(Identity.class, identity))
                .replaceWithVoid()
                .onFailure()
                .transform(SignIn::refusal)
                .subscribeAsCompletionStage();
    }

    /** Fails with {@link CollabException}. */
    Uni<Identity> identify(Credentials credentials) {
        return authenticator
                .authenticate(credentials)
                .ifNoItem()
                .after(DEADLINE)
                .failWith(() -> new CollabException(Code.UNAVAILABLE, "signing in took too long: try again"))
                .invoke(SignIn::requireValid)
                .onFailure()
                .transform(SignIn::explained);
    }

    private static void requireValid(Identity identity) {
        identity.expiresAt().filter(end -> !end.isAfter(Instant.now())).ifPresent(end -> {
            throw new CollabException(Code.TOKEN_EXPIRED, "the token ended at " + end);
        });
    }

    static CollabException explained(Throwable error) {
        return switch (error) {
            case CollabException known -> known;
            case AccessException access -> new CollabException(code(access), access.getMessage());
            default -> {
                LOG.error("a sign-in failed", error);
                yield new CollabException(Code.INTERNAL, "signing in failed; the reason is in the server's log");
            }
        };
    }

    private static Code code(AccessException error) {
        return switch (error.code()) {
            case UNAUTHENTICATED -> Code.UNAUTHENTICATED;
            case TOKEN_EXPIRED -> Code.TOKEN_EXPIRED;
            case FORBIDDEN -> Code.FORBIDDEN;
            case UNAVAILABLE -> Code.UNAVAILABLE;
        };
    }

    private static ConnectRefusal refusal(Throwable failure) {
        CollabException error = explained(failure);
        return new ConnectRefusal(
                error.getMessage(),
                Optional.of(Json.of(Map.of("code", error.code().word()))));
    }

    private static Credentials credentials(SocketHandshake handshake) {
        JsonNode auth = handshake.auth().tree();
        Optional<String> header =
                bearer(Optional.ofNullable(handshake.request().headers().get("authorization")));
        return new Credentials(text(auth, "token").or(() -> header), text(auth, "name"), text(auth, "guestId"));
    }

    private static Optional<String> text(JsonNode auth, String field) {
        JsonNode value = auth.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new CollabException(Code.INVALID, "auth." + field + ": expected a string");
        }
        return Optional.of(value.textValue());
    }

    /** The token of an Authorization header; other schemes are not ours. */
    static Optional<String> bearer(Optional<String> header) {
        return header.filter(value -> value.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length()))
                .map(value -> value.substring("Bearer ".length()).strip());
    }
}
