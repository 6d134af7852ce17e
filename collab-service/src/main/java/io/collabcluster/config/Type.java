package io.collabcluster.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a key may hold, and how it is read. */
sealed interface Type<T>
        permits Type.Section,
                Type.Flag,
                Type.Whole,
                Type.Text,
                Type.OneOf,
                Type.FlagOrText,
                Type.Url,
                Type.File,
                ListType,
                CidrType,
                OriginsType {

    /** In words, as they stand in messages and in the reference: "a whole number from 1 to 65535". */
    String expected();

    T read(Element element) throws Mismatch;

    /** An object whose keys are declared on their own. Reading it says whether it is there. */
    record Section() implements Type<Boolean> {
        @Override
        public String expected() {
            return "an object {…}";
        }

        @Override
        public Boolean read(Element element) throws Mismatch {
            if (element instanceof Element.Members) {
                return true;
            }
            throw new Mismatch(expected());
        }
    }

    /** On or off; where the key has keys of its own, an object means on. */
    record Flag() implements Type<Boolean> {
        @Override
        public String expected() {
            return "true or false";
        }

        @Override
        public Boolean read(Element element) throws Mismatch {
            return switch (element) {
                case Element.Flag flag -> flag.on();
                default -> throw new Mismatch(expected());
            };
        }
    }

    record Whole(long min, long max, String unit) implements Type<Long> {
        @Override
        public String expected() {
            return "a whole number from " + min + " to " + max + (unit.isEmpty() ? "" : ", in " + unit);
        }

        @Override
        public Long read(Element element) throws Mismatch {
            if (element instanceof Element.Number(String digits, Where _)) {
                try {
                    long value = new BigDecimal(digits).longValueExact();
                    if (value >= min && value <= max) {
                        return value;
                    }
                } catch (ArithmeticException | NumberFormatException e) {
                    throw new Mismatch(expected());
                }
            }
            throw new Mismatch(expected());
        }
    }

    /** @param expected in words what {@code pattern} says */
    record Text(Pattern pattern, String expected) implements Type<String> {
        @Override
        public String read(Element element) throws Mismatch {
            if (element instanceof Element.Text(String text, Where _)
                    && pattern.matcher(text).matches()) {
                return text;
            }
            throw new Mismatch(expected);
        }
    }

    record OneOf(List<String> values) implements Type<String> {
        @Override
        public String expected() {
            return "one of \"" + String.join("\", \"", values) + '"';
        }

        @Override
        public String read(Element element) throws Mismatch {
            if (element instanceof Element.Text(String text, Where _) && values.contains(text)) {
                return text;
            }
            throw new Mismatch(expected());
        }
    }

    /** {@code false}, {@code true}, or a text: the forms that the reference server takes in one option. */
    record FlagOrText(String expected) implements Type<String> {
        static final String TRUE = "true";
        static final String FALSE = "false";

        @Override
        public String read(Element element) throws Mismatch {
            return switch (element) {
                case Element.Flag flag -> flag.on() ? TRUE : FALSE;
                case Element.Text text when !text.text().isBlank() -> text.text();
                default -> throw new Mismatch(expected);
            };
        }
    }

    /** Its messages never show the value: it may hold a password. */
    record Url(Set<String> schemes, String example) implements Type<String> {
        @Override
        public String expected() {
            return "a URL, e.g. " + example;
        }

        @Override
        public String read(Element element) throws Mismatch {
            if (element instanceof Element.Text(String text, Where _)) {
                if (text.indexOf('<') >= 0) {
                    throw new Mismatch("a placeholder still stands in it", expected());
                }
                try {
                    URI uri = new URI(text);
                    if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && hasAuthority(uri)) {
                        return text;
                    }
                } catch (URISyntaxException e) {
                    throw new Mismatch("not a URL: " + e.getReason(), expected());
                }
            }
            throw new Mismatch(expected());
        }

        private static boolean hasAuthority(URI uri) {
            return uri.getRawAuthority() != null && !uri.getRawAuthority().isEmpty();
        }
    }

    /** A path; a relative one starts from the folder of the file that it is written in. */
    record File(String expected) implements Type<Path> {
        @Override
        public Path read(Element element) throws Mismatch {
            if (element instanceof Element.Text(String text, Where where) && !text.isBlank()) {
                try {
                    return where.base().resolve(text).toAbsolutePath().normalize();
                } catch (InvalidPathException e) {
                    throw new Mismatch(expected);
                }
            }
            throw new Mismatch(expected);
        }
    }
}
