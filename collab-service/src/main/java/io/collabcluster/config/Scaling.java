package io.collabcluster.config;

import java.util.Locale;

/** How one configuration uses more than one CPU or machine. */
public enum Scaling {
    /** Several nodes that share a Redis. */
    HORIZONTAL,
    /** One node, several event loops. */
    VERTICAL,
    /** One node, one event loop. */
    NONE;

    /** As config.json and {@code /status} write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Scaling of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
