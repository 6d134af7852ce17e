package io.collabcluster.bench.load;

/** What can go wrong with one message, one request, or one connection. Each is counted once. */
public enum Fault {
    /** It never came: a delivery that a socket of the room was due, or the answer to a request. */
    MISSING("missing"),
    /** It had come before, or was counted as missing already. */
    TWICE("twice"),
    /** It came after one that was sent later. */
    LATE("out of order"),
    /** A number that nobody sent, or an answer that is not the request's. */
    WRONG("wrong"),
    /** It is not as it was sent, byte for byte. It is not missing besides. */
    ALTERED("altered"),
    /** A socket that was in its room was cut off. */
    CUT("cut off");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
