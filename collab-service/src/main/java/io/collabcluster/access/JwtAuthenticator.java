package io.collabcluster.access;

import io.collabcluster.access.AccessException.Code;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * JSON Web Tokens (RFC 7519), signed with the HMAC secret (HS256, HS384, HS512) or by a key of the JWKS URL (RS, PS, ES,
 * EdDSA).
 *
 * <p>The algorithm's family decides which of the two it is checked with: a public key is never taken for a secret, and a
 * token without a signature is refused (RFC 8725 §3.1, §3.2).
 */
public final class JwtAuthenticator implements Authenticator {

    private static final int LONGEST = 16_384;

    private static final Set<String> SECRET_ALGORITHMS = Set.of(
            AlgorithmIdentifiers.HMAC_SHA256, AlgorithmIdentifiers.HMAC_SHA384, AlgorithmIdentifiers.HMAC_SHA512);

    private static final Set<String> KEY_ALGORITHMS = Set.of(
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA);

    private final Optional<Key> secret;
    private final Optional<KeySet> keys;
    private final JwtClaimsCheck claims;

    /** @param vertx fetches the key set */
    public JwtAuthenticator(AccessOptions options, Vertx vertx) {
        this(options, vertx, InstantSource.system());
    }

    JwtAuthenticator(AccessOptions options, Vertx vertx, InstantSource clock) {
        this.secret = options.jwtSecret().map(text -> new HmacKey(text.getBytes(StandardCharsets.UTF_8)));
        this.keys = options.jwksUrl()
                .map(url -> new KeySet(
                        URI.create(url), new HttpGet(vertx, options.trustedCerts(), HttpGet.DEADLINE), clock));
        this.claims = new JwtClaimsCheck(options, clock);
    }

    @Override
    public Uni<Identity> authenticate(Credentials credentials) {
        return Uni.createFrom().deferred(() -> {
            String token = credentials.token().orElseThrow(JwtAuthenticator::missing);
            return Uni.createFrom()
                    .completionStage(() -> verified(token, parsed(token)).toCompletionStage());
        });
    }

    private Future<Identity> verified(String token, JsonWebSignature signature) {
        String algorithm = signature.getAlgorithmHeaderValue();
        if (secret.isPresent() && SECRET_ALGORITHMS.contains(algorithm)) {
            return Future.succeededFuture(claims.identity(token, secret.get(), algorithm));
        }
        if (keys.isPresent() && KEY_ALGORITHMS.contains(algorithm)) {
            return keys.get().keysFor(signature).map(candidates -> byAny(candidates, token, algorithm));
        }
        throw refused("the token's algorithm isn't one that this server takes");
    }

    /** The first key that fits decides; an issuer whose tokens don't name their key may have several. */
    private Identity byAny(List<JsonWebKey> candidates, String token, String algorithm) {
        AccessException refusal = refused("the token is signed with a key that its issuer doesn't publish");
        for (JsonWebKey candidate : candidates) {
            try {
                return claims.identity(token, candidate.getKey(), algorithm);
            } catch (AccessException e) {
                if (e.code() == Code.TOKEN_EXPIRED) {
                    throw e;
                }
                refusal = e;
            }
        }
        throw refusal;
    }

    private static JsonWebSignature parsed(String token) {
        if (token.length() > LONGEST) {
            throw refused("the token is longer than " + LONGEST + " characters");
        }
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(token);
            if (signature.getAlgorithmHeaderValue() != null) {
                return signature;
            }
        } catch (JoseException e) {
            throw refused("the token isn't a signed JSON Web Token");
        }
        throw refused("the token names no algorithm");
    }

    private static AccessException missing() {
        return refused("sign in with a token, e.g. {\"token\":\"…\"}");
    }

    private static AccessException refused(String message) {
        return new AccessException(Code.UNAUTHENTICATED, message);
    }
}
