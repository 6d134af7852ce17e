package io.collabcluster.access;

import java.util.regex.Pattern;

/** What others see of a person: one line that reads from its beginning to its end. */
final class DisplayText {

    /** Most characters of a user id or name that comes from a token or the authorization server. */
    static final int LONGEST = 255;

    /** Characters that draw nothing, are halves, break lines, or turn the direction of what others read; Postgres can't keep U+0000. */
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]");

    private DisplayText() {}

    static boolean hasControlCharacters(String text) {
        return CONTROL.matcher(text).find();
    }

    /** A user id of an identity that isn't a guest's. */
    static boolean isUserId(String id) {
        return !id.isBlank()
                && id.length() <= LONGEST
                && !hasControlCharacters(id)
                && !id.startsWith(GuestAuthenticator.PREFIX);
    }

    /** A name as somebody else's system has it, made fit to be shown. */
    static String shown(String name) {
        String line = CONTROL.matcher(name).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST));
    }
}
