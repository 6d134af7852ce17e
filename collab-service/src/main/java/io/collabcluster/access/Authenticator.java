package io.collabcluster.access;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Turns what a client presents into an {@link Identity}. Never blocks the caller. */
@FunctionalInterface
public interface Authenticator {

    /** Fails with {@link AccessException}. */
    Uni<Identity> authenticate(Credentials credentials);

    /**
     * @param token a JWT, or a token of the authorization server
     * @param guestName the name that a guest chose; used only where guests are allowed and no token is given
     */
    record Credentials(Optional<String> token, Optional<String> guestName) {

        /** Keeps the token out of logs. */
        @Override
        public String toString() {
            return "Credentials[token=" + (token.isPresent() ? "***" : "none") + ", guestName=" + guestName + "]";
        }
    }
}
