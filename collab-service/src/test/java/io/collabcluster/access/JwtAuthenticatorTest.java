package io.collabcluster.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.access.AccessException.Code;
import io.collabcluster.access.Authenticator.Credentials;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAuthenticatorTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final String LONG_SECRET = SignIn.SECRET.repeat(2);

    private final JwtAuthenticator authenticator = at(NOW, SignIn.secret(SignIn.SECRET));

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aTokenOfTheCommandLineSignsIn() {
        Identity ann = SignIn.by(
                new JwtAuthenticator(SignIn.secret(SignIn.SECRET), VERTX),
                Tokens.issue(SignIn.SECRET, "ann", "Ann A.", Set.of("admin", "editors"), Duration.ofHours(1)));

        assertThat(ann.userId()).isEqualTo("ann");
        assertThat(ann.name()).isEqualTo("Ann A.");
        assertThat(ann.groups()).containsExactlyInAnyOrder("admin", "editors");
        assertThat(ann.isAdmin()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void everyHmacIsTaken(String algorithm) {
        String token = signed(LONG_SECRET, algorithm, claims(""));

        assertThat(SignIn.by(at(NOW, SignIn.secret(LONG_SECRET)), token).userId())
                .isEqualTo("ann");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`\"name\":\"Ann\",\"preferred_username\":\"ann7\"` | Ann",
                "`\"preferred_username\":\"ann7\"` | ann7",
                "`\"name\":\"  \"` | ann",
                "`\"name\":7` | ann",
                "`\"name\":\"A\\u0000\\nB\"` | A  B",
            })
    void theNameIsTheFirstThatIsThere(String more, String name) {
        assertThat(SignIn.by(authenticator, token(claims("," + more))).name()).isEqualTo(name);
    }

    @Test
    void theEndOfTheTokenIsTheEndOfTheSignInWithinTheClocksSkew() {
        assertThat(SignIn.by(authenticator, token(claims(""))).expiresAt()).contains(NOW.plusSeconds(70));
    }

    @Test
    void anExpiredTokenIsToldApart() {
        AccessException refusal =
                SignIn.refused(at(NOW.plusSeconds(80), SignIn.secret(SignIn.SECRET)), token(claims("")));

        assertThat(refusal.code()).isEqualTo(Code.TOKEN_EXPIRED);
    }

    @Test
    void aClockThatIsOffALittleIsForgiven() {
        assertThat(SignIn.by(at(NOW.plusSeconds(65), SignIn.secret(SignIn.SECRET)), token(claims("")))
                        .userId())
                .isEqualTo("ann");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`{\"sub\":\"ann\"}` | has no end",
                "`{\"exp\":9999999999}` | whom it is for",
                "`{\"sub\":\"\",\"exp\":9999999999}` | sub",
                "`{\"sub\":\"a\\u0000b\",\"exp\":9999999999}` | no control characters",
                "`{\"sub\":\"guest:abc\",\"exp\":9999999999}` | not start with guest:",
                "`{\"sub\":\"ann\",\"exp\":9999999999,\"nbf\":9999999000}` | isn't valid yet",
                "`{\"sub\":\"ann\",\"exp\":\"tomorrow\"}` | can't be trusted",
                "`{\"sub\":7,\"exp\":9999999999}` | can't be trusted",
                "`not json` | can't be trusted",
            })
    void aTokenThatDoesntSayWhatItMustIsRefused(String payload, String message) {
        AccessException refusal = SignIn.refused(authenticator, token(payload));

        assertThat(refusal.code()).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(refusal).hasMessageContaining(message);
    }

    @Test
    void issuerAndAudienceMustBeTheConfiguredOnes() {
        AccessOptions options = new AccessOptions(
                Optional.of(SignIn.SECRET),
                Optional.empty(),
                Optional.of("https://id.example.com"),
                Optional.of("collab"),
                Duration.ofSeconds(10),
                Optional.empty(),
                "/",
                List.of());
        JwtAuthenticator strict = at(NOW, options);
        String right = ",\"iss\":\"https://id.example.com\",\"aud\":[\"other\",\"collab\"]";

        assertThat(SignIn.by(strict, token(claims(right))).userId()).isEqualTo("ann");
        assertThat(SignIn.refused(strict, token(claims(right.replace("id.", "evil.")))))
                .hasMessageContaining("issuer");
        assertThat(SignIn.refused(strict, token(claims(right.replace("\"collab\"", "\"x\"")))))
                .hasMessageContaining("aud");
        assertThat(SignIn.refused(strict, token(claims("")))).hasMessageContaining("issuer");
        assertThat(SignIn.by(strict, Tokens.issue(options, "ann", "Ann", Set.of(), Duration.ofHours(1)))
                        .userId())
                .isEqualTo("ann");
    }

    @Test
    void aTokenWithoutSignatureIsRefused() {
        String none = base64("{\"alg\":\"none\"}") + "." + base64(claims("")) + ".";

        assertThat(SignIn.refused(authenticator, none)).hasMessageContaining("algorithm");
        assertThat(SignIn.refused(authenticator, base64("{\"alg\":\"NONE\"}") + "." + base64(claims("")) + "."))
                .hasMessageContaining("algorithm");
        String token = token(claims(""));
        assertThat(SignIn.refused(authenticator, token.substring(0, token.lastIndexOf('.') + 1)))
                .hasMessageContaining("signature");
    }

    @Test
    void aChangedClaimOrAnotherSecretBreaksTheSignature() {
        String[] parts = token(claims("")).split("\\.");
        String changed = parts[0] + "." + base64(claims("").replace("ann", "eve")) + "." + parts[2];

        assertThat(SignIn.refused(authenticator, changed)).hasMessageContaining("signature");
        assertThat(SignIn.refused(authenticator, signed(LONG_SECRET, "HS256", claims(""))))
                .hasMessageContaining("signature");
    }

    @Test
    void anAsymmetricAlgorithmIsNotTakenWhereThereIsOnlyASecret() {
        String token = base64("{\"alg\":\"RS256\"}") + "." + base64(claims("")) + "." + base64("x");

        assertThat(SignIn.refused(authenticator, token)).hasMessageContaining("algorithm");
    }

    @Test
    void aCriticalHeaderThatNobodyKnowsIsRefused() {
        String header = base64("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}");

        assertThat(SignIn.refused(authenticator, header + "." + base64(claims("")) + "." + base64("x"))
                        .code())
                .isEqualTo(Code.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "...", "a.b.c", "{}", "e30.e30.e30", "a.b.c.d.e", " "})
    void whatIsNoTokenIsRefused(String garbage) {
        AccessException refusal = SignIn.refused(authenticator, garbage);

        assertThat(refusal.code()).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(refusal).hasMessageNotContaining("jose4j");
    }

    @Test
    void anEndlessTokenIsRefusedUnread() {
        assertThat(SignIn.refused(authenticator, "a".repeat(20_000))).hasMessageContaining("longer than 16384");
    }

    @Test
    void noTokenIsRefusedWithAnExample() {
        assertThat(SignIn.refused(authenticator, new Credentials(Optional.empty(), Optional.of("Ann"))))
                .hasMessageContaining("{\"token\":\"…\"}");
    }

    private static JwtAuthenticator at(Instant now, AccessOptions options) {
        return new JwtAuthenticator(options, VERTX, InstantSource.fixed(now));
    }

    private static String claims(String more) {
        return "{\"sub\":\"ann\",\"exp\":" + NOW.plusSeconds(60).getEpochSecond() + more + "}";
    }

    private static String token(String payload) {
        return signed(SignIn.SECRET, "HS256", payload);
    }

    private static String signed(String secret, String algorithm, String payload) {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        token.setAlgorithmHeaderValue(algorithm);
        token.setKey(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)));
        token.setPayload(payload);
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
