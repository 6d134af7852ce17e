package io.collabcluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The built program as a process of its own: the native executable or the JVM's, whichever was built last. */
final class CollabProcess implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    private final Process process;
    private final Path out;
    private final Path err;

    private CollabProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static CollabProcess start(Path folder, Map<String, String> environment, String... arguments) {
        try {
            List<String> command = new ArrayList<>(program());
            command.addAll(List.of(arguments));
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("COLLAB_"));
            builder.environment().putAll(environment);
            return new CollabProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> program() throws IOException {
        Path executable =
                Path.of(System.getProperty("native.image.path", "none")).toAbsolutePath();
        boolean isNative = Files.isExecutable(executable)
                && (!Files.exists(JAR)
                        || Files.getLastModifiedTime(executable).compareTo(Files.getLastModifiedTime(JAR)) > 0);
        return isNative
                ? List.of(executable.toString())
                : List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        JAR.toAbsolutePath().toString());
    }

    /** Until the log says so. */
    CollabProcess awaitListening() {
        Awaitility.await().atMost(DEADLINE).until(() -> out().contains("Listening on") || !process.isAlive());
        assertThat(process.isAlive()).as(err()).isTrue();
        return this;
    }

    int exitStatus() {
        try {
            assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
