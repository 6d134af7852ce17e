package io.collabcluster.config;

/** A value that its key can't take. */
final class Mismatch extends Exception {

    private static final long serialVersionUID = 1L;

    private final String right;

    /** The wrong part is the value itself. */
    Mismatch(String right) {
        this(null, right);
    }

    Mismatch(String wrong, String right) {
        super(wrong, null, false, false);
        this.right = right;
    }

    String right() {
        return right;
    }
}
