package io.collabcluster.cluster.adapter;

import java.security.SecureRandom;

/** Names for adapters and questions, in the characters that Node's have. */
final class Uids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SHORT = 6;
    private static final int QUESTION = 16;

    private Uids() {}

    /** Of a question: Node's have 6 or 16 characters, and take any number. */
    static String next() {
        return random(QUESTION);
    }

    /** Of a classic adapter. */
    static String classic() {
        return random(SHORT);
    }

    /** Of a sharded adapter. */
    static String sharded() {
        return "%016x".formatted(RANDOM.nextLong());
    }

    private static String random(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(BASE_62.charAt(RANDOM.nextInt(BASE_62.length())));
        }
        return text.toString();
    }
}
