package io.collabcluster.access;

import io.collabcluster.access.AccessException.Code;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * The public keys at a JWKS URL (RFC 7517), fetched when they are needed.
 *
 * <p>They are good for ten minutes; a key that isn't among them makes it look again, at most every ten seconds, so that an
 * issuer may rotate its keys at any time and a flood of made-up keys costs it nothing. While the URL can't be reached, the
 * last keys stay good for an hour.
 */
final class KeySet {

    private static final Logger LOG = Logger.getLogger(KeySet.class);

    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration USABLE = Duration.ofHours(1);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);
    private static final int LARGEST = 1 << 20;
    private static final int MOST_KEYS = 100;

    private record Loaded(List<JsonWebKey> keys, Instant at) {
        static final Loaded NOTHING = new Loaded(List.of(), Instant.MIN);

        boolean younger(Duration age, Instant now) {
            return at.isAfter(now.minus(age));
        }
    }

    private final URI url;
    private final HttpGet http;
    private final InstantSource clock;

    private Loaded loaded = Loaded.NOTHING;
    private Instant tried = Instant.MIN;
    private Optional<Future<Loaded>> fetch = Optional.empty();

    KeySet(URI url, HttpGet http, InstantSource clock) {
        this.url = url;
        this.http = http;
        this.clock = clock;
    }

    /** The keys that may have signed this token; none where the issuer has no such key. */
    Future<List<JsonWebKey>> keysFor(JsonWebSignature token) {
        Loaded now = current();
        if (now.younger(FRESH, clock.instant())) {
            List<JsonWebKey> keys = select(token, now);
            if (!keys.isEmpty() || !mayFetch()) {
                return Future.succeededFuture(keys);
            }
        }
        return fetched().map(loaded -> select(token, loaded));
    }

    private synchronized Loaded current() {
        return loaded;
    }

    private synchronized boolean mayFetch() {
        return fetch.isPresent() || tried.isBefore(clock.instant().minus(BETWEEN_FETCHES));
    }

    /** One request at a time, which all who wait share. */
    private Future<Loaded> fetched() {
        Future<Loaded> fetching;
        synchronized (this) {
            if (fetch.isPresent()) {
                return fetch.get();
            }
            if (!mayFetch()) {
                return stale("it was asked a moment ago, and didn't answer");
            }
            tried = clock.instant();
            fetching =
                    http.get(url, Optional.empty(), LARGEST).map(this::parsed).recover(this::failed);
            fetch = Optional.of(fetching);
        }
        fetching.onComplete(this::done);
        return fetching;
    }

    private synchronized void done(AsyncResult<Loaded> result) {
        fetch = Optional.empty();
        if (result.succeeded()) {
            loaded = result.result();
        }
    }

    private Future<Loaded> failed(Throwable cause) {
        LOG.warnf("The key set %s can't be used: %s", url, cause.getMessage());
        return stale(cause.getMessage());
    }

    private synchronized Future<Loaded> stale(String reason) {
        if (loaded.younger(USABLE, clock.instant())) {
            return Future.succeededFuture(loaded);
        }
        LOG.debugf("No key of %s is at hand: %s", url, reason);
        return Future.failedFuture(
                new AccessException(Code.UNAVAILABLE, "the keys that tokens are checked with can't be fetched now"));
    }

    private Loaded parsed(HttpGet.Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("it answered " + answer.status());
        }
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(answer.body())
                    .getJsonWebKeys().stream()
                            .filter(PublicJsonWebKey.class::isInstance) // a secret in a public set verifies nothing
                            .limit(MOST_KEYS)
                            .toList();
            return new Loaded(keys, clock.instant());
        } catch (JoseException e) {
            throw new IllegalStateException("it answered something that isn't a key set", e);
        }
    }

    private static List<JsonWebKey> select(JsonWebSignature token, Loaded loaded) {
        try {
            return new VerificationJwkSelector().selectList(token, loaded.keys());
        } catch (JoseException e) {
            return List.of();
        }
    }
}
