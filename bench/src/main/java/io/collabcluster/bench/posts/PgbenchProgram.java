package io.collabcluster.bench.posts;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where pgbench is. */
final class PgbenchProgram {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    static final String ABSENCE = "there is no pgbench on the PATH nor in " + DEBIAN + ": apt install postgresql";

    private PgbenchProgram() {}

    /** The newest of Debian's first: what Debian has on the PATH is a script, whose time would be counted. */
    static Optional<Path> find() {
        var folders = new ArrayList<Path>();
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.sorted(Comparator.comparing(PgbenchProgram::version).reversed())
                        .forEach(version -> folders.add(version.resolve("bin")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(Path::of)
                .forEach(folders::add);
        return folders.stream()
                .map(folder -> folder.resolve("pgbench"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static double version(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("\\d+(\\.\\d+)?") ? Double.parseDouble(name) : 0;
    }
}
