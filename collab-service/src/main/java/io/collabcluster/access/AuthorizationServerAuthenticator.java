package io.collabcluster.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.collabcluster.access.AccessException.Code;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks the application's own server whom a token belongs to: {@code GET {authorizationServerUrl}{authorizationPath}} with
 * {@code Authorization: Bearer …}.
 *
 * <p>It answers 200 with {@code {"id" | "sub" | "userId", "name" | "fullName", "groups"?, "expiresAt" | "exp"?}} (times in
 * seconds or milliseconds since 1970, or ISO 8601), or 401 or 403. A good answer counts for half a minute, so that a client
 * that comes back doesn't cost a request each time; a refusal is never kept.
 */
public final class AuthorizationServerAuthenticator implements Authenticator {

    private static final int LARGEST = 65_536;
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int MOST_KEPT = 10_000;

    /** What a header may carry (RFC 6750 §2.1), within reason. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final HttpGet http;
    private final InstantSource clock;
    private final RecentIdentities recent;

    /** The options must have an {@code authorizationServerUrl}. */
    public AuthorizationServerAuthenticator(AccessOptions options, Vertx vertx) {
        this(options, vertx, HttpGet.DEADLINE, InstantSource.system());
    }

    AuthorizationServerAuthenticator(AccessOptions options, Vertx vertx, Duration deadline, InstantSource clock) {
        String base = options.authorizationServerUrl().orElseThrow().replaceFirst("/+$", "");
        this.url = URI.create(base + options.authorizationPath());
        this.http = new HttpGet(vertx, options.trustedCerts(), deadline);
        this.clock = clock;
        this.recent = new RecentIdentities(KEPT, MOST_KEPT, clock);
    }

    @Override
    public Uni<Identity> authenticate(Credentials credentials) {
        return Uni.createFrom().deferred(() -> {
            String token = credentials
                    .token()
                    .filter(text -> TOKEN.matcher(text).matches())
                    .orElseThrow(() ->
                            new AccessException(Code.UNAUTHENTICATED, "sign in with a token, e.g. {\"token\":\"…\"}"));
            Optional<Identity> known = recent.find(token);
            return known.isPresent()
                    ? Uni.createFrom().item(known.get())
                    : Uni.createFrom().completionStage(() -> asked(token).toCompletionStage());
        });
    }

    private Future<Identity> asked(String token) {
        return http.get(url, Optional.of(token), LARGEST)
                .recover(_ -> Future.failedFuture(unavailable("doesn't answer")))
                .map(this::identity)
                .onSuccess(identity -> recent.keep(token, identity));
    }

    /** Any answer but an error of its own says that it is there. */
    @Override
    public Uni<Void> check() {
        return Uni.createFrom()
                .completionStage(() -> http.get(url, Optional.empty(), LARGEST).toCompletionStage())
                .onFailure()
                .transform(_ -> unavailable("doesn't answer"))
                .invoke(answer -> {
                    if (answer.status() >= 500) {
                        throw unavailable("answers " + answer.status());
                    }
                })
                .replaceWithVoid();
    }

    private Identity identity(HttpGet.Answer answer) {
        return switch (answer.status()) {
            case 200 -> parsed(answer.body());
            case 401, 403 ->
                throw new AccessException(Code.UNAUTHENTICATED, "the authorization server doesn't accept the token");
            default -> throw unavailable("answers " + answer.status());
        };
    }

    private Identity parsed(String body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw unavailable("answers something that isn't JSON");
        }
        Identity identity = IdentityAnswer.read(json)
                .orElseThrow(() -> unavailable("doesn't say whose the token is (id, sub or userId)"));
        if (identity.expiresAt().filter(end -> !end.isAfter(clock.instant())).isPresent()) {
            throw new AccessException(Code.TOKEN_EXPIRED, "the token has expired");
        }
        return identity;
    }

    private static AccessException unavailable(String reason) {
        return new AccessException(Code.UNAVAILABLE, "the authorization server " + reason);
    }
}
