package io.collabcluster.operator.status;

import java.util.regex.Pattern;

/** Texts of several lines as one: of a column's text {@code kubectl get} shows no more than the first line. */
final class OneLine {

    /** What a Java machine says of its options, and the places of a stack trace. */
    private static final Pattern SAYS_NOTHING =
            Pattern.compile("Picked up \\w+:.*|at \\S+\\(.*\\)|\\.\\.\\. \\d+ (more|common frames omitted)");

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

    private OneLine() {}

    /** {@code one; two; head: three}: runs of blanks collapsed, and without the lines that say nothing. */
    static String of(String text) {
        var line = new StringBuilder();
        text.lines()
                .map(part -> BLANKS.matcher(part).replaceAll(" ").strip())
                .filter(part -> !part.isEmpty() && !SAYS_NOTHING.matcher(part).matches())
                .forEach(part -> line.append(separator(line)).append(part));
        return line.toString();
    }

    private static String separator(CharSequence before) {
        if (before.isEmpty()) {
            return "";
        }
        return before.charAt(before.length() - 1) == ':' ? " " : "; ";
    }

    /** Without its middle: what there is begins a table of faults, and ends a log. */
    static String bounded(String text, int longest) {
        return text.length() <= longest
                ? text
                : text.substring(0, longest / 2) + " … " + text.substring(text.length() - longest / 2);
    }
}
