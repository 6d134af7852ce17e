package io.collabcluster.balance.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node as the balancer reaches it.
 *
 * @param id its {@code cluster.id}
 * @param address {@code host:port}; an IPv6 host in brackets
 * @param weight its share beside the others' weights, 1 to 256
 */
public record Backend(Optional<String> id, String address, int weight) {

    static final String EXPECTED = "[ID=]HOST:PORT[@WEIGHT], e.g. 10.0.0.1:3000 or n001=10.0.0.1:3000@100";

    private static final int USUAL_WEIGHT = 100;
    private static final int LARGEST_WEIGHT = 256;
    private static final Pattern TEXT = Pattern.compile("(?:([A-Za-z0-9_-]{4})=)?"
            + "((?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}])):(\\d{1,5})(?:@(\\d{1,3}))?");

    /** @return empty when it isn't {@link #EXPECTED} */
    public static Optional<Backend> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(3));
        int weight = matcher.group(4) == null ? USUAL_WEIGHT : Integer.parseInt(matcher.group(4));
        if (port < 1 || port > 65_535 || weight < 1 || weight > LARGEST_WEIGHT) {
            return Optional.empty();
        }
        return Optional.of(new Backend(Optional.ofNullable(matcher.group(1)), matcher.group(2) + ":" + port, weight));
    }

    boolean usualWeight() {
        return weight == USUAL_WEIGHT;
    }

    /** What a balancer calls it. Made of what stays when other nodes come and go, as its place in the list doesn't. */
    String name() {
        return id.orElseGet(() -> address.replaceAll("[^A-Za-z0-9.-]+", "_"));
    }

    /** The same number for the same node, whatever other nodes there are: 1 to 2^28, which is what HAProxy takes in. */
    int number() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(address.getBytes(UTF_8));
            return 1 + ((hash[0] & 0x0f) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | hash[3] & 0xff);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
