package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The tests in {@code src/test/js}, run by Node's own test runner against a server that is already started. */
final class JavaScriptTests {

    private static final Path FOLDER = Path.of("src/test/js").toAbsolutePath();
    private static final Path INSTALLED = FOLDER.resolve("node_modules/.package-lock.json");
    private static final int LEAST_VERSION = 20;
    private static final long MINUTES = 10;

    private JavaScriptTests() {}

    /** Skips where Node is absent or too old; installs what package-lock.json names where that is not done. */
    static void prepare() throws IOException, InterruptedException {
        Optional<Integer> version = nodeVersion();
        assumeTrue(
                version.isPresent() && version.get() >= LEAST_VERSION,
                "SKIPPED, the JavaScript client tests: they need Node " + LEAST_VERSION
                        + " or later with npm on the PATH");
        var lock = FOLDER.resolve("package-lock.json");
        if (!Files.exists(INSTALLED)
                || Files.getLastModifiedTime(INSTALLED).compareTo(Files.getLastModifiedTime(lock)) < 0) {
            run(Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"));
        }
    }

    /** The Chromium that is installed; skips where there is none. */
    static String chromium() {
        Optional<Path> found = Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(
                found.isPresent(),
                "SKIPPED, the browser tests: they need Chromium on the PATH (Debian, Ubuntu: apt install chromium)");
        return found.get().toString();
    }

    /** Fails with the runner's output if a test fails. */
    static void run(Map<String, String> environment, String... files) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node", "--test", "--test-timeout=120000"));
        command.addAll(List.of(files));
        run(environment, command);
    }

    private static void run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("collab-js", ".log");
        try {
            var builder = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String text = Files.readString(output);
            assertThat(ended)
                    .as("%s ended in %d minutes:%n%s", command, MINUTES, text)
                    .isTrue();
            assertThat(process.exitValue()).as("%s:%n%s", command, text).isZero();
        } finally {
            Files.delete(output);
        }
    }

    private static Optional<Integer> nodeVersion() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("node", "-p", "process.versions.node.split('.')[0]").start();
            String text = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor() == 0 ? Optional.of(Integer.valueOf(text)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
