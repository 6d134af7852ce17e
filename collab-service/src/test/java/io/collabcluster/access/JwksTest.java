package io.collabcluster.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.access.AccessException.Code;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of an issuer, fetched from a server of this test's own. */
class JwksTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicReference<String> published = new AtomicReference<>("{\"keys\":[]}");
    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    private HttpServer issuer;
    private JwtAuthenticator authenticator;

    @BeforeEach
    void start() {
        issuer = vertx.createHttpServer()
                .requestHandler(request -> {
                    fetches.incrementAndGet();
                    request.response().setStatusCode(status.get()).end(published.get());
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        InstantSource clock = now::get;
        authenticator = new JwtAuthenticator(
                SignIn.keys("http://127.0.0.1:" + issuer.actualPort() + "/jwks.json"), vertx, clock);
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource({"RS256", "RS512", "PS256", "PS384", "ES256"})
    void everyFamilyOfPublicKeysIsTaken(String algorithm) throws JoseException {
        PublicJsonWebKey key =
                algorithm.startsWith("ES") ? EcJwkGenerator.generateJwk(EllipticCurves.P256) : rsa("one");
        key.setKeyId("one");
        publish(key);

        assertThat(SignIn.by(authenticator, token(key, algorithm)).userId()).isEqualTo("ann");
    }

    @Test
    void theKeysAreFetchedOnceForManyTokens() throws JoseException {
        PublicJsonWebKey key = rsa("one");
        publish(key);
        for (int i = 0; i < 20; i++) {
            SignIn.by(authenticator, token(key, "RS256"));
        }

        assertThat(fetches).hasValue(1);
    }

    @Test
    void aNewKeyIsFoundAndOneThatIsGoneIsNoLongerGood() throws JoseException {
        PublicJsonWebKey old = rsa("old");
        publish(old);
        SignIn.by(authenticator, token(old, "RS256"));
        PublicJsonWebKey fresh = rsa("new");
        publish(fresh);
        now.set(now.get().plusSeconds(11));

        assertThat(SignIn.by(authenticator, token(fresh, "RS256")).userId()).isEqualTo("ann");
        assertThat(SignIn.refused(authenticator, token(old, "RS256"))).hasMessageContaining("doesn't publish");
    }

    @Test
    void aFloodOfMadeUpKeysCostsTheIssuerNothing() throws JoseException {
        PublicJsonWebKey key = rsa("one");
        publish(key);
        SignIn.by(authenticator, token(key, "RS256"));
        for (int i = 0; i < 50; i++) {
            key.setKeyId("made-up-" + i);
            SignIn.refused(authenticator, token(key, "RS256"));
        }

        assertThat(fetches).hasValue(1);
    }

    @Test
    void aPublicKeyIsNeverTakenForASecret() throws JoseException {
        PublicJsonWebKey key = rsa("one");
        publish(key);
        PublicKey known = key.getPublicKey();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(known.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";

        for (byte[] secret : new byte[][] {known.getEncoded(), pem.getBytes(StandardCharsets.US_ASCII)}) {
            JsonWebSignature forged = signature("HS256", "one");
            forged.setKey(new HmacKey(secret));
            assertThat(SignIn.refused(authenticator, forged.getCompactSerialization()))
                    .hasMessageContaining("algorithm");
        }
    }

    @Test
    void aSecretInThePublicSetVerifiesNothing() throws JoseException {
        byte[] secret = SignIn.SECRET.getBytes(StandardCharsets.UTF_8);
        OctetSequenceJsonWebKey symmetric = new OctetSequenceJsonWebKey(new HmacKey(secret));
        symmetric.setKeyId("one");
        published.set(new JsonWebKeySet(symmetric).toJson(OutputControlLevel.INCLUDE_SYMMETRIC));
        JsonWebSignature forged = signature("HS256", "one");
        forged.setKey(new HmacKey(secret));

        assertThat(SignIn.refused(authenticator, forged.getCompactSerialization())
                        .code())
                .isEqualTo(Code.UNAUTHENTICATED);
    }

    @Test
    void anotherKeyUnderAKnownNameIsRefused() throws JoseException {
        publish(rsa("one"));

        assertThat(SignIn.refused(authenticator, token(rsa("one"), "RS256"))).hasMessageContaining("signature");
    }

    @Test
    void whileTheIssuerIsAwayTheLastKeysStayGoodForAnHour() throws JoseException {
        PublicJsonWebKey key = rsa("one");
        publish(key);
        SignIn.by(authenticator, token(key, "RS256"));
        status.set(500);
        now.set(now.get().plus(Duration.ofMinutes(30)));
        assertThat(SignIn.by(authenticator, token(key, "RS256")).userId()).isEqualTo("ann");
        now.set(now.get().plus(Duration.ofMinutes(31)));

        assertThat(SignIn.refused(authenticator, token(key, "RS256")).code()).isEqualTo(Code.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"500,''", "200,<html>", "404,{}", "302,''"})
    void keysThatCantBeFetchedAreNotTheClientsFault(int answer, String body) throws JoseException {
        status.set(answer);
        published.set(body);

        assertThat(SignIn.refused(authenticator, token(rsa("one"), "RS256")).code())
                .isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void aKeySetWithoutEndIsNotRead() throws JoseException {
        published.set(" ".repeat(2_000_000));

        assertThat(SignIn.refused(authenticator, token(rsa("one"), "RS256")).code())
                .isEqualTo(Code.UNAVAILABLE);
    }

    private void publish(PublicJsonWebKey key) {
        published.set(new JsonWebKeySet(key).toJson());
    }

    private static PublicJsonWebKey rsa(String id) throws JoseException {
        PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(id);
        return key;
    }

    private String token(PublicJsonWebKey key, String algorithm) throws JoseException {
        JsonWebSignature token = signature(algorithm, key.getKeyId());
        token.setKey(key.getPrivateKey());
        return token.getCompactSerialization();
    }

    private JsonWebSignature signature(String algorithm, String keyId) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("ann");
        claims.setExpirationTimeMinutesInTheFuture(600);
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue(algorithm);
        token.setKeyIdHeaderValue(keyId);
        token.setPayload(claims.toJson());
        return token;
    }
}
