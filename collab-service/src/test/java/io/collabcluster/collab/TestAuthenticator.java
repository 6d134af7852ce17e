package io.collabcluster.collab;

import io.collabcluster.access.AccessException;
import io.collabcluster.access.Authenticator;
import io.collabcluster.access.Identity;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Takes {@code user}, {@code user/group} and {@code user/group/milliseconds-to-live} for a token. */
public final class TestAuthenticator implements Authenticator {

    @Override
    public Uni<Identity> authenticate(Credentials credentials) {
        return credentials
                .token()
                .map(TestAuthenticator::identity)
                .or(() -> credentials.guestName().map(TestAuthenticator::guest))
                .map(identity -> Uni.createFrom().item(identity))
                .orElseGet(() -> Uni.createFrom()
                        .failure(new AccessException(AccessException.Code.UNAUTHENTICATED, "give a token or a name")));
    }

    private static Identity identity(String token) {
        String[] parts = token.split("/");
        return new Identity(
                parts[0],
                parts[0],
                parts.length > 1 ? Set.of(parts[1]) : Set.of(),
                parts.length > 2
                        ? Optional.of(Instant.now().plus(Duration.ofMillis(Long.parseLong(parts[2]))))
                        : Optional.empty());
    }

    private static Identity guest(String name) {
        return new Identity("guest:" + name, name, Set.of(), Optional.empty());
    }
}
