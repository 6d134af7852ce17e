package io.collabcluster.engineio;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** Session ids of 20 characters: 4 name the node, 16 are 96 random bits. */
final class SessionIds {

    static final int LENGTH = 20;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private final Supplier<NodeId> node;

    SessionIds(Supplier<NodeId> node) {
        this.node = node;
    }

    String next() {
        byte[] bits = new byte[12];
        random.nextBytes(bits);
        return node.get() + BASE64.encodeToString(bits);
    }
}
