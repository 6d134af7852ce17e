package io.collabcluster.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A list; one entry may stand without the brackets, and several as one text with commas. */
record ListType<T>(Type<T> entry, int atLeast, String expected) implements Type<List<T>> {
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
