package io.collabcluster.access;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Makes the tokens that {@link JwtAuthenticator} accepts, for trying a server out and for tests. */
public final class Tokens {

    private Tokens() {}

    /**
     * A token without issuer and audience.
     *
     * @param secret of at least 32 bytes
     */
    public static String issue(String secret, String user, String name, Set<String> groups, Duration lifetime) {
        return issue(secret, Optional.empty(), Optional.empty(), user, name, groups, lifetime);
    }

    /** A token that a server with these options accepts. They must have a secret. */
    public static String issue(AccessOptions options, String user, String name, Set<String> groups, Duration lifetime) {
        return issue(
                options.jwtSecret().orElseThrow(), options.issuer(), options.audience(), user, name, groups, lifetime);
    }

    private static String issue(
            String secret,
            Optional<String> issuer,
            Optional<String> audience,
            String user,
            String name,
            Set<String> groups,
            Duration lifetime) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(Objects.requireNonNull(user));
        claims.setStringClaim("name", Objects.requireNonNull(name));
        if (!groups.isEmpty()) {
            claims.setStringListClaim("groups", List.copyOf(groups));
        }
        issuer.ifPresent(claims::setIssuer);
        audience.ifPresent(claims::setAudience);
        NumericDate now = NumericDate.now();
        claims.setIssuedAt(now);
        claims.setExpirationTime(NumericDate.fromSeconds(now.getValue() + lifetime.toSeconds()));
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        token.setHeader("typ", "JWT");
        token.setKey(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)));
        token.setPayload(claims.toJson());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalArgumentException("no token can be signed with this secret", e);
        }
    }
}
