package io.collabcluster.access;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Turns what a client presents into an {@link Identity}. Never blocks the caller. */
@FunctionalInterface
public interface Authenticator {

    /** Fails with {@link AccessException}. */
    Uni<Identity> authenticate(Credentials credentials);

    /**
     * Whether the server that this asks can be reached; fails with {@link AccessException} where not. Good at once where
     * there is none.
     */
    default Uni<Void> check() {
        return Uni.createFrom().voidItem();
    }

    /**
     * @param token a JWT, or a token of the authorization server
     * @param guestName the name that a guest chose; used only where guests are allowed and no token is given
     * @param guestId 20 to 40 of {@code A-Z a-z 0-9 _ -} that the guest's client made up and keeps, by which a guest who
     *     comes back is the same author
     */
    record Credentials(Optional<String> token, Optional<String> guestName, Optional<String> guestId) {

        public Credentials(Optional<String> token, Optional<String> guestName) {
            this(token, guestName, Optional.empty());
        }

        /** Keeps the token out of logs. */
        @Override
        public String toString() {
            return "Credentials[token=" + (token.isPresent() ? "***" : "none") + ", guestName=" + guestName + "]";
        }
    }
}
