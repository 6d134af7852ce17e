package io.collabcluster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.collabcluster.access.Authenticator.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Signs in, in tests. */
final class SignIn {

    static final String SECRET = "a secret of at least thirty-two characters";

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private SignIn() {}

    static Identity by(Authenticator authenticator, String token) {
        return authenticator.authenticate(token(token)).await().atMost(DEADLINE);
    }

    static AccessException refused(Authenticator authenticator, String token) {
        return refused(authenticator, token(token));
    }

    static AccessException refused(Authenticator authenticator, Credentials credentials) {
        Throwable failure = catchThrowable(
                () -> authenticator.authenticate(credentials).await().atMost(DEADLINE));
        assertThat(failure).isInstanceOf(AccessException.class);
        return (AccessException) failure;
    }

    static Credentials token(String token) {
        return new Credentials(Optional.of(token), Optional.empty());
    }

    static AccessOptions secret(String secret) {
        return options(Optional.of(secret), Optional.empty(), Optional.empty());
    }

    static AccessOptions keys(String url) {
        return options(Optional.empty(), Optional.of(url), Optional.empty());
    }

    static AccessOptions server(String url) {
        return options(Optional.empty(), Optional.empty(), Optional.of(url));
    }

    static AccessOptions options(Optional<String> secret, Optional<String> keys, Optional<String> server) {
        return new AccessOptions(
                secret,
                keys,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10),
                server,
                "/sessions/userInfo",
                List.of());
    }
}
