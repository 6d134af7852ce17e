package io.collabcluster.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who was signed in a moment ago, by token. Bounded in time and number; keeps no token, only its hash. */
final class RecentIdentities {

    private record Entry(Identity identity, Instant until) {}

    private final Duration kept;
    private final int most;
    private final InstantSource clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    RecentIdentities(Duration kept, int most, InstantSource clock) {
        this.kept = kept;
        this.most = most;
        this.clock = clock;
    }

    synchronized Optional<Identity> find(String token) {
        String key = key(token);
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(entry.until())) {
            entries.remove(key);
            return Optional.empty();
        }
        return Optional.of(entry.identity());
    }

    /** The oldest goes when there are too many. */
    synchronized void keep(String token, Identity identity) {
        Instant until = clock.instant().plus(kept);
        Instant end = identity.expiresAt().filter(until::isAfter).orElse(until);
        entries.remove(key(token));
        entries.put(key(token), new Entry(identity, end));
        if (entries.size() > most) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    synchronized int size() {
        return entries.size();
    }

    private static String key(String token) {
        return Base64.getEncoder().encodeToString(GuestAuthenticator.sha256(token));
    }
}
