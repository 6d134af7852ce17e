package io.collabcluster.config;

import java.nio.file.Path;

/**
 * Where a value was written.
 *
 * @param text for people, e.g. {@code config.json:3:12} or {@code COLLAB_PORT}
 * @param base the folder that relative paths start from: the file's own, or the current one for the environment
 */
record Where(String text, Path base) {

    static Where environment(String name) {
        return new Where(name, Path.of(""));
    }

    static Where defaults() {
        return new Where("", Path.of(""));
    }
}
