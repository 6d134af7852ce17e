package io.collabcluster.socketio;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which namespaces a dynamic one stands for. Called on event loops: must not block. */
@FunctionalInterface
public interface NamespacePredicate {

    boolean test(String name, Json auth);

    /** @param pattern must match the whole name, with its slash: {@code /room-\\d+} */
    static NamespacePredicate matching(Pattern pattern) {
        Predicate<String> matches = pattern.asMatchPredicate();
        return (name, auth) -> matches.test(name);
    }
}
