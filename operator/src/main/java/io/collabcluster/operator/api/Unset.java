package io.collabcluster.operator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What a key that was left out means. */
final class Unset {

    private Unset() {}

    static String text(String given) {
        return given == null ? "" : given;
    }

    static <T> List<T> list(List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    /** Sorted, so that what is made of it is the same every time. */
    static Map<String, String> map(Map<String, String> given) {
        return given == null ? Map.of() : new TreeMap<>(given);
    }

    static ObjectNode object(ObjectNode given) {
        return given == null ? JsonNodeFactory.instance.objectNode() : given;
    }

    static <T> T or(T given, Supplier<T> otherwise) {
        return given == null ? otherwise.get() : given;
    }

    static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
