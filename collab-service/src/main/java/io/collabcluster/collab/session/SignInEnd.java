package io.collabcluster.collab.session;

import io.collabcluster.access.Authenticator.Credentials;
import io.collabcluster.access.Identity;
import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Socket;
import io.netty.util.concurrent.ScheduledFuture;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Holds a socket to the end of its sign-in: warns a minute before, disconnects at the end, and lets the same person renew
 * it in band. Belongs to the socket's loop.
 */
public final class SignInEnd {

    /** The events that tell the client. */
    public static final String EXPIRING = "session:expiring";

    public static final String EXPIRED = "session:expired";

    private static final Duration WARNING = Duration.ofSeconds(60);
    /** Timers are set no longer ahead than this, whatever the token says. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Socket socket;
    private final SignIn signIn;
    private Optional<ScheduledFuture<?>> timer = Optional.empty();
    private boolean warned;

    public SignInEnd(Socket socket, SignIn signIn) {
        this.socket = socket;
        this.signIn = signIn;
    }

    /** From now on. Called on the loop, once. */
    public void watch() {
        socket.onDisconnect(reason -> stop());
        check();
    }

    private void stop() {
        timer.ifPresent(set -> set.cancel(false));
        timer = Optional.empty();
    }

    private void check() {
        stop();
        Optional<Instant> end = socket.get(Identity.class).flatMap(Identity::expiresAt);
        if (end.isEmpty() || !socket.connected()) {
            return;
        }
        Duration left = Duration.between(Instant.now(), end.get());
        if (left.isNegative() || left.isZero()) {
            socket.emit(EXPIRED, expiry(end.get()));
            socket.disconnect(true);
            return;
        }
        if (left.compareTo(WARNING) <= 0 && !warned) {
            warned = true;
            socket.emit(EXPIRING, expiry(end.get()));
        }
        Duration pause = warned ? left : left.minus(WARNING);
        Duration next = pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
        timer = Optional.of(socket.loop().schedule(this::check, next.toMillis() + 1, TimeUnit.MILLISECONDS));
    }

    /** Fails with {@link CollabException}; then the sign-in stays as it was. */
    public Uni<Identity> renew(String token) {
        Identity now = socket.get(Identity.class).orElseThrow();
        return signIn.identify(new Credentials(Optional.of(token), Optional.empty()))
                .invoke(renewed -> {
                    if (!renewed.userId().equals(now.userId())) {
                        throw new CollabException(
                                Code.FORBIDDEN, "the token is someone else's: connect anew to change the person");
                    }
                    socket.put(Identity.class, renewed);
                    socket.loop().execute(() -> {
                        warned = false;
                        check();
                    });
                });
    }

    private static Json expiry(Instant end) {
        return Json.of(Map.of("expiresAt", end.toString()));
    }
}
