package io.collabcluster.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every key that there is. */
final class Schema {

    static final Schema ALL = new Schema(List.of(Keys.ALL, ClusterKeys.ALL, SocketIoKeys.ALL, LimitKeys.ALL));

    private final Map<String, Key<?>> byPath = new LinkedHashMap<>();
    private final Map<String, Key<?>> byVariable = new LinkedHashMap<>();

    private Schema(List<List<Key<?>>> groups) {
        for (List<Key<?>> group : groups) {
            for (Key<?> key : group) {
                byPath.put(key.path(), key);
                byVariable.put(key.variable(), key);
            }
        }
    }

    /** In the order of the reference. */
    Collection<Key<?>> keys() {
        return byPath.values();
    }

    Optional<Key<?>> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    Optional<Key<?>> ofVariable(String name) {
        return Optional.ofNullable(byVariable.get(name));
    }

    boolean hasKeysBelow(String path) {
        return byPath.values().stream().anyMatch(key -> key.parent().equals(path));
    }

    /** What to write instead of a key that isn't there. */
    String instead(String parent, String name) {
        List<String> siblings = new ArrayList<>();
        for (Key<?> key : byPath.values()) {
            if (key.parent().equals(parent)) {
                if (key.name().equalsIgnoreCase(name)) {
                    return "keys are case-sensitive: \"" + key.name() + '"';
                }
                siblings.add(key.name());
            }
        }
        return NearestWord.of(name, siblings)
                .map(nearest -> "perhaps \"" + nearest + '"')
                .or(() -> elsewhere(name))
                .orElse("one of " + String.join(", ", siblings));
    }

    private Optional<String> elsewhere(String name) {
        return byPath.values().stream()
                .filter(key -> key.name().equalsIgnoreCase(name))
                .min(Comparator.comparing(key -> key.path().length()))
                .map(key -> "the key is \"" + key.path() + "\", inside of \"" + key.parent() + '"')
                .map(text -> text.replace(", inside of \"\"", ""));
    }

    /** What to write instead of an environment variable that isn't there. */
    String insteadOfVariable(String name) {
        return NearestWord.of(name, byVariable.keySet())
                .map(nearest -> "perhaps " + nearest)
                .orElse("a variable of the configuration reference, or no name that starts with COLLAB_");
    }
}
