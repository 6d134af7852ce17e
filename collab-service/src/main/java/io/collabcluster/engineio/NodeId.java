package io.collabcluster.engineio;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a node is called: the first 4 characters of the ids of its sessions.
 *
 * @param text 4 characters of {@code [A-Za-z0-9_-]}
 */
public record NodeId(String text) {

    static final int LENGTH = 4;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{" + LENGTH + "}");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    public NodeId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a node's id is '" + text + "', expected 4 characters of A-Z a-z 0-9 _ -");
        }
    }

    /** One of 2^24. */
    public static NodeId random() {
        byte[] bits = new byte[3];
        // Made here: one in a static field would be that of a native executable's build.
        new SecureRandom().nextBytes(bits);
        return new NodeId(BASE64.encodeToString(bits));
    }

    /** The node that a session is on; empty when this is no session's id. */
    public static Optional<NodeId> ofSession(String sid) {
        return sid.length() == SessionIds.LENGTH
                        && FORM.matcher(sid.substring(0, LENGTH)).matches()
                ? Optional.of(new NodeId(sid.substring(0, LENGTH)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
