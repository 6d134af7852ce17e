package io.collabcluster.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One key of config.json, declared once: it drives reading, the environment and the reference table.
 *
 * @param path with dots between the levels
 * @param fallback what holds where the key is left out; empty: nothing
 * @param doc one line for the reference
 * @param secret whether the value may never be shown
 */
record Key<T>(String path, Type<T> type, Optional<T> fallback, String doc, boolean secret) {

    static <T> Key<T> of(String path, Type<T> type, T fallback, String doc) {
        return new Key<>(path, type, Optional.of(fallback), doc, false);
    }

    static <T> Key<T> optional(String path, Type<T> type, String doc) {
        return new Key<>(path, type, Optional.empty(), doc, false);
    }

    static <T> Key<T> secret(String path, Type<T> type, String doc) {
        return new Key<>(path, type, Optional.empty(), doc, true);
    }

    /** The environment variable that wins over the file: {@code COLLAB_DATASOURCE_HOST}. */
    String variable() {
        return Environment.PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The path of the object that it stands in; empty at the top. */
    String parent() {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }
}
