package io.collabcluster.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The {@code origin} of the cors module: all ({@code true}: by name), none, one, or several. */
record OriginsType(String expected) implements Type<List<String>> {
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
        } catch (PatternSyntaxException e) {
            throw new Mismatch("not a regular expression: " + e.getDescription(), expected);
        }
    }
}
