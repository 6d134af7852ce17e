package io.collabcluster.collab.presence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The secret by which a client comes back as the member that it was, from whatever node. The member's id, which everybody
 * sees, is a hash of it: so every node can tell, and nobody can make the token of the id.
 *
 * @param text 128 random bits as 22 characters of {@code A-Z a-z 0-9 _ -}
 */
record MemberToken(String text) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    static MemberToken next() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new MemberToken(encoded(bytes));
    }

    /** Also what is no token of ours is the token of some id: one that nobody has. */
    String member() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return encoded(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Keeps it out of logs. */
    @Override
    public String toString() {
        return "token of " + member();
    }
}
