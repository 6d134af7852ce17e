package io.collabcluster.operator.status;

/**
 * What a condition says.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason one word for programs, in CamelCase
 * @param message a sentence for people; on one line
 */
public record Verdict(String status, String reason, String message) {

    private static final int LONGEST = 2000;

    public Verdict {
        message = OneLine.of(message);
        message = message.length() > LONGEST ? message.substring(0, LONGEST) + " …" : message;
    }

    static Verdict yes(String reason, String message) {
        return new Verdict("True", reason, message);
    }

    static Verdict no(String reason, String message) {
        return new Verdict("False", reason, message);
    }

    static Verdict unknown(String reason, String message) {
        return new Verdict("Unknown", reason, message);
    }
}
