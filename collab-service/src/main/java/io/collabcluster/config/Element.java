package io.collabcluster.config;

import java.util.List;
import java.util.Map;

/** A piece of JSON that knows where it was written. */
sealed interface Element {

    Where where();

    record Members(Map<String, Element> members, Where where) implements Element {}

    record Items(List<Element> items, Where where) implements Element {}

    record Text(String text, Where where) implements Element {}

    record Flag(boolean on, Where where) implements Element {}

    /** {@code digits} as they were written. */
    record Number(String digits, Where where) implements Element {}

    record Null(Where where) implements Element {}

    /** What this is, for messages: short, on one line. */
    default String shown() {
        return switch (this) {
            case Members ignored -> "an object";
            case Items list -> list.items().isEmpty() ? "an empty list" : "a list";
            case Text string -> '"' + shortened(string.text()) + '"';
            case Flag flag -> String.valueOf(flag.on());
            case Number number -> shortened(number.digits());
            case Null ignored -> "null";
        };
    }

    /** What this is without saying it. */
    default String kind() {
        return switch (this) {
            case Members ignored -> "an object";
            case Items ignored -> "a list";
            case Text ignored -> "a text";
            case Flag ignored -> "true or false";
            case Number ignored -> "a number";
            case Null ignored -> "null";
        };
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }
}
