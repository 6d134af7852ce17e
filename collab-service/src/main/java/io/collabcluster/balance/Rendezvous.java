package io.collabcluster.balance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;

/**
 * Weighted rendezvous hashing (Thaler and Ravishankar 1998; Schindelhauer and Schomaker 2005): every server has a score for
 * a key, and the highest wins. A server that comes or goes changes nobody else's score, so only the keys that it wins, or
 * won, move: about 1/(N+1) of them where one comes to N.
 */
final class Rendezvous {

    private static final double TWO_TO_53 = 0x1p53;

    private Rendezvous() {}

    /** Best first. */
    static Comparator<ServerRecord> order(String key) {
        return Comparator.comparingDouble((ServerRecord server) -> score(server, key))
                .reversed()
                .thenComparing(ServerRecord::id);
    }

    /** From a hash that is even over (0, 1), so that a server wins in proportion to its weight. */
    static double score(ServerRecord server, String key) {
        double even = ((hash(server.id() + '\0' + key) >>> 11) + 0.5) / TWO_TO_53;
        return -server.weight() / Math.log(even);
    }

    /** The first 8 bytes of SHA-256: any language has it, so a client can compute the order itself. */
    private static long hash(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
