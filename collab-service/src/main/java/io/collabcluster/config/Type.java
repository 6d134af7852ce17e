package io.collabcluster.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a key may hold, and how it is read. */
sealed interface Type<T> {

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
                    long value = new java.math.BigDecimal(digits).longValueExact();
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

    /** A list; one entry may stand without the brackets, and several as one text with commas. */
    record ListOf<T>(Type<T> entry, int atLeast, String expected) implements Type<List<T>> {
        @Override
        public List<T> read(Element element) throws Mismatch {
            Set<T> values = new LinkedHashSet<>();
            for (Element each : entries(element)) {
                try {
                    values.add(entry.read(each));
                } catch (Mismatch e) {
                    String wrong = Optional.ofNullable(e.getMessage()).orElse("got " + each.shown());
                    throw new Mismatch(wrong, expected);
                }
            }
            if (values.size() < atLeast) {
                throw new Mismatch(expected);
            }
            return List.copyOf(values);
        }

        private static List<Element> entries(Element element) {
            return switch (element) {
                case Element.Items list -> list.items();
                case Element.Text(String text, Where where) -> {
                    List<Element> entries = new ArrayList<>();
                    for (String each : text.split(",", -1)) {
                        entries.add(new Element.Text(each.strip(), where));
                    }
                    yield entries;
                }
                default -> List.of(element);
            };
        }
    }

    /** The {@code origin} of the cors module: all ({@code true}: by name), none, one, or several. */
    record Origins(String expected) implements Type<List<String>> {
        @Override
        public List<String> read(Element element) throws Mismatch {
            return switch (element) {
                case Element.Flag flag -> List.of(String.valueOf(flag.on()));
                case Element.Text text -> List.of(origin(text));
                case Element.Items list
                when !list.items().isEmpty() -> {
                    List<String> origins = new ArrayList<>();
                    for (Element each : list.items()) {
                        origins.add(origin(each));
                    }
                    yield List.copyOf(origins);
                }
                default -> throw new Mismatch(expected);
            };
        }

        private String origin(Element element) throws Mismatch {
            if (!(element instanceof Element.Text(String text, Where _)) || text.isBlank()) {
                throw new Mismatch(expected);
            }
            if (text.equals("*") || text.matches("[a-z][a-z0-9+.-]*://[^/?#\\s]+")) {
                return text;
            }
            if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
                return expression(text);
            }
            throw new Mismatch('"' + text + "\" isn't an origin", expected);
        }

        private String expression(String text) throws Mismatch {
            try {
                Pattern.compile(text.substring(1, text.length() - 1));
                return text;
            } catch (java.util.regex.PatternSyntaxException e) {
                throw new Mismatch("not a regular expression: " + e.getDescription(), expected);
            }
        }
    }
}
