package io.collabcluster.socketio;

import java.security.SecureRandom;
import java.util.Base64;

/** Ids of 20 characters of {@code [A-Za-z0-9_-]}: other tools of the ecosystem know a socket's id by that. */
final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static String next() {
        var bytes = new byte[15];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
