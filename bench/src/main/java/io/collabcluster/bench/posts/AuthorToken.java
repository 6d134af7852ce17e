package io.collabcluster.bench.posts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JSON Web Tokens, signed with a secret of the bench's own (RFC 7515, HS256). */
final class AuthorToken {

    /** For {@code access.jwtSecret}: it guards a server on 127.0.0.1, for as long as it is measured. */
    static final String SECRET = "known-to-everyone-who-reads-the-bench";

    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    private AuthorToken() {}

    /** @param user an id without characters that JSON escapes, as the name */
    static String of(String user, String name, Instant now) {
        String signed = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
                + "."
                + encoded("{\"sub\":\"%s\",\"name\":\"%s\",\"exp\":%d}"
                        .formatted(user, name, now.plus(GOOD_FOR).getEpochSecond()));
        return signed + "." + encoded(signature(signed));
    }

    private static byte[] signature(String signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            return mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static String encoded(String json) {
        return encoded(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
