package io.collabcluster.access;

import io.collabcluster.access.AccessException.Code;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes everyone at their word.
 *
 * <p>Guests are not authenticated at all: anyone may choose any name. The {@code guestId} only lets a client that comes back
 * be the same author as before. It is hashed into the user id, so that others, who see that, can't come as the same guest.
 */
public final class GuestAuthenticator implements Authenticator {

    public static final String PREFIX = "guest:";

    private static final int LONGEST_NAME = 64;
    private static final int ID_BYTES = 15;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{20,40}");

    private final SecureRandom random = new SecureRandom();

    @Override
    public Uni<Identity> authenticate(Credentials credentials) {
        return Uni.createFrom().item(() -> guest(credentials));
    }

    private Identity guest(Credentials credentials) {
        if (credentials.token().isPresent()) {
            throw refused("this server takes no tokens, only guests with a name");
        }
        String name = credentials.guestName().map(String::strip).orElse("");
        if (name.isEmpty()) {
            throw refused("choose a name to sign in with, e.g. {\"name\":\"Ann\"}");
        }
        if (name.codePointCount(0, name.length()) > LONGEST_NAME || DisplayText.hasControlCharacters(name)) {
            throw refused("a guest's name has 1 to " + LONGEST_NAME + " characters, and no control characters");
        }
        return new Identity(PREFIX + id(credentials.guestId()), name, Set.of(), Optional.empty());
    }

    private String id(Optional<String> guestId) {
        byte[] id = new byte[ID_BYTES];
        if (guestId.isPresent()) {
            if (!ID.matcher(guestId.get()).matches()) {
                throw refused("a guestId has 20 to 40 characters of A-Z, a-z, 0-9, _ and -");
            }
            System.arraycopy(sha256(guestId.get()), 0, id, 0, ID_BYTES);
        } else {
            random.nextBytes(id);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AccessException refused(String message) {
        return new AccessException(Code.UNAUTHENTICATED, message);
    }
}
