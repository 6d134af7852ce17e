package io.collabcluster.access;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How people sign in. With none of {@code jwtSecret}, {@code jwksUrl} and {@code authorizationServerUrl}, everyone is a
 * guest.
 *
 * @param jwtSecret the HMAC secret, at least 32 bytes of UTF-8 for HS256
 * @param jwksUrl where the public keys are
 * @param issuer the {@code iss} that tokens must have, if set
 * @param audience the {@code aud} that tokens must name, if set
 * @param clockSkew how far the issuer's clock may be off
 * @param authorizationServerUrl base URL of the application's REST API, ends in {@code /api}
 * @param authorizationPath path below it that answers who a bearer token belongs to
 * @param trustedCerts PEM files of private root CAs, for the two URLs
 */
public record AccessOptions(
        Optional<String> jwtSecret,
        Optional<String> jwksUrl,
        Optional<String> issuer,
        Optional<String> audience,
        Duration clockSkew,
        Optional<String> authorizationServerUrl,
        String authorizationPath,
        List<Path> trustedCerts) {

    public static final AccessOptions GUESTS = new AccessOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(10),
            Optional.empty(),
            "/sessions/userInfo",
            List.of());

    public boolean guestsOnly() {
        return jwtSecret.isEmpty() && jwksUrl.isEmpty() && authorizationServerUrl.isEmpty();
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "AccessOptions[jwksUrl=" + jwksUrl + ", authorizationServerUrl=" + authorizationServerUrl + "]";
    }
}
