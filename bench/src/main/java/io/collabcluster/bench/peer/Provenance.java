package io.collabcluster.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** From which sources, and when, what is measured here was built. */
public final class Provenance {

    private static final String UNKNOWN = "unknown";
    private static final String PREFIX = "COLLAB_";
    /** Others may be secrets. */
    private static final Set<String> WITH_VALUE =
            Set.of("COLLAB_BENCH_SERVER", "COLLAB_BENCH_NATIVE", "COLLAB_JAVA_OPTIONS");

    private static final Pattern SECRET = Pattern.compile("(?i)(\\S*(?:password|secret|token|key)\\S*?[= ])\\S+");

    private Provenance() {}

    /** Of the checkout that the bench was built in. */
    public static String commit() {
        var git = CommandRun.of(
                List.of("git", "describe", "--always", "--dirty"),
                BenchFolders.here().checkout());
        return git.succeeded() ? git.output() : UNKNOWN;
    }

    /** When the server's jar was built, or the file that {@code COLLAB_BENCH_SERVER} names. */
    public static String server() {
        return built(CollabServer.jvm());
    }

    public static String executable() {
        return built(CollabServer.executable());
    }

    private static String built(CollabServer server) {
        return server.file()
                .flatMap(Provenance::changed)
                .map(FileTime::toString)
                .orElse("absent");
    }

    /** Names, and the values of those that the bench knows, without what looks like a secret in them. */
    public static Map<String, String> variables(Map<String, String> environment) {
        Map<String, String> variables = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                variables.put(
                        name,
                        WITH_VALUE.contains(name) ? SECRET.matcher(value).replaceAll("$1(not kept)") : "(not kept)");
            }
        });
        return variables;
    }

    /** What to say of a native executable that is older than the server's sources. */
    public static Optional<String> staleExecutable() {
        Path service = BenchFolders.here().checkout().resolve("collab-service");
        return stale(CollabServer.executable().file(), service);
    }

    static Optional<String> stale(Optional<Path> executable, Path module) {
        Optional<FileTime> built = executable.flatMap(Provenance::changed);
        Optional<FileTime> sources = newest(module);
        return built.isPresent() && sources.isPresent() && built.get().compareTo(sources.get()) < 0
                ? Optional.of("WARNING: the native executable is of " + built.get() + ", and the server's sources of "
                        + sources.get() + ": it may be another version. Build it anew, or measure without it.")
                : Optional.empty();
    }

    private static Optional<FileTime> newest(Path module) {
        try (Stream<Path> sources = Stream.concat(
                Stream.of(module.resolve("pom.xml")), Files.walk(module.resolve(Path.of("src", "main", "java"))))) {
            return sources.filter(Files::isRegularFile)
                    .flatMap(file -> changed(file).stream())
                    .max(FileTime::compareTo);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<FileTime> changed(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
