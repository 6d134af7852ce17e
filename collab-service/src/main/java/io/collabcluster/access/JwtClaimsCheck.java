package io.collabcluster.access;

import io.collabcluster.access.AccessException.Code;
import java.security.Key;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** Checks a token's signature with one key, and then what it claims. */
final class JwtClaimsCheck {

    private static final int MOST_GROUPS = 1_000;

    private final AccessOptions options;
    private final InstantSource clock;

    JwtClaimsCheck(AccessOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    /** @param algorithm the only one that counts for this key */
    Identity identity(String token, Key key, String algorithm) {
        try {
            return identity(consumer(key, algorithm).processToClaims(token));
        } catch (InvalidJwtException e) {
            throw refusal(e);
        } catch (MalformedClaimException e) {
            throw refused("a claim of the token has the wrong type");
        }
    }

    private JwtConsumer consumer(Key key, String algorithm) {
        JwtConsumerBuilder builder = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, algorithm)
                .setVerificationKey(key)
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.instant().toEpochMilli()))
                .setAllowedClockSkewInSeconds((int) options.clockSkew().toSeconds())
                .setRequireExpirationTime()
                .setRequireSubject();
        options.issuer().ifPresent(builder::setExpectedIssuer);
        options.audience().ifPresentOrElse(builder::setExpectedAudience, builder::setSkipDefaultAudienceValidation);
        return builder.build();
    }

    private Identity identity(JwtClaims claims) throws MalformedClaimException {
        String subject = claims.getSubject();
        if (!DisplayText.isUserId(subject)) {
            throw refused("the token's sub must have 1 to " + DisplayText.LONGEST
                    + " characters, no control characters, and not start with " + GuestAuthenticator.PREFIX);
        }
        String name = text(claims, "name")
                .or(() -> text(claims, "preferred_username"))
                .orElse(subject);
        Instant expires = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
        return new Identity(subject, name, groups(claims), Optional.of(expires.plus(options.clockSkew())));
    }

    private static Optional<String> text(JwtClaims claims, String name) {
        return claims.getClaimValue(name) instanceof String text
                ? Optional.of(DisplayText.shown(text)).filter(shown -> !shown.isEmpty())
                : Optional.empty();
    }

    private static Set<String> groups(JwtClaims claims) {
        return claims.getClaimValue("groups") instanceof List<?> groups
                ? groups.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .limit(MOST_GROUPS)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static AccessException refusal(InvalidJwtException e) {
        if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID) || e.getErrorDetails().isEmpty()) {
            return refused("the token's signature isn't good");
        }
        if (e.hasExpired() && e.getErrorDetails().size() == 1) {
            return new AccessException(Code.TOKEN_EXPIRED, "the token has expired");
        }
        if (e.hasErrorCode(ErrorCodes.ISSUER_INVALID) || e.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return refused("the token isn't from the issuer that this server trusts");
        }
        if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return refused("the token isn't for this server (aud)");
        }
        if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return refused("the token isn't valid yet (nbf)");
        }
        if (e.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
            return refused("the token has no end (exp)");
        }
        if (e.hasErrorCode(ErrorCodes.SUBJECT_MISSING)) {
            return refused("the token doesn't say whom it is for (sub)");
        }
        return refused("the token can't be trusted");
    }

    private static AccessException refused(String message) {
        return new AccessException(Code.UNAUTHENTICATED, message);
    }
}
