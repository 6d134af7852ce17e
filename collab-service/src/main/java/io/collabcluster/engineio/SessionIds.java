package io.collabcluster.engineio;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Session ids of 20 characters: 4 name the node, 16 are 96 random bits. */
final class SessionIds {

    static final int NODE_LENGTH = 4;

    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9_-]{" + NODE_LENGTH + "}");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random;
    private final String node;

    SessionIds(String node) {
        if (!NODE.matcher(node).matches()) {
            throw new IllegalArgumentException(
                    "node part of session ids is '" + node + "', expected 4 characters of A-Z a-z 0-9 _ -");
        }
        this.random = new SecureRandom();
        this.node = node;
    }

    /** A node part for a node that has no name of its own. */
    static String randomNode() {
        byte[] bits = new byte[3];
        new SecureRandom().nextBytes(bits);
        return BASE64.encodeToString(bits);
    }

    String next() {
        byte[] bits = new byte[12];
        random.nextBytes(bits);
        return node + BASE64.encodeToString(bits);
    }
}
