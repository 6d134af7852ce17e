package io.collabcluster.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder for the files of a running peer. */
record ScratchFolder(Path path) {

    static ScratchFolder create() {
        try {
            return new ScratchFolder(Files.createTempDirectory("collab-bench-"));
        } catch (IOException e) {
            throw new UncheckedIOException("there can be no temporary folder", e);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Leaves nothing behind; what can't be deleted is left to the system. */
    void delete() {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            path.toFile().deleteOnExit();
        }
    }
}
