package io.collabcluster.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where and how it was measured.
 *
 * @param memory bytes
 * @param node the version of Node.js
 * @param date when the bench began, with the offset from UTC
 * @param command without where the results went; of a bench that went on, a line for each command
 * @param build what was measured
 */
public record Machine(
        String cpu,
        int cores,
        long memory,
        String kernel,
        String jdk,
        String node,
        String date,
        String command,
        Build build) {

    private static final String UNKNOWN = "unknown";
    private static final int DEADLINE_SECONDS = 10;

    public static Machine here(String command, Build build) {
        return new Machine(
                field(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                kilobytes(field(Path.of("/proc/meminfo"), "MemTotal")) * 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.version() + ", " + System.getProperty("java.vendor"),
                nodeVersion(),
                OffsetDateTime.now().truncatedTo(ChronoUnit.MINUTES).toString(),
                command,
                build);
    }

    /** As it was read. @throws NullPointerException when something is missing; the build was not kept in former times */
    Machine complete() {
        List.of(cpu, kernel, jdk, node, date, command);
        return with(date, command, Optional.ofNullable(build).orElse(Build.NOT_KEPT));
    }

    /** Whether figures of the two can stand beside each other: all but what was measured, when and how, is the same. */
    public boolean sameAs(Machine other) {
        return with(other.date, other.command, other.build).equals(other);
    }

    /** The same, behind what was run before. */
    Machine after(Machine before) {
        return with(before.date, before.command + "\n" + date + ": " + command, build);
    }

    private Machine with(String otherDate, String otherCommand, Build otherBuild) {
        return new Machine(cpu, cores, memory, kernel, jdk, node, otherDate, otherCommand, otherBuild);
    }

    /** The machine, and then what ran on it. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.1f GB of memory, %s%nJDK %s; Node.js %s; commit %s; %s: %s",
                cpu,
                cores,
                memory / 1e9,
                kernel,
                jdk,
                node,
                build.commit(),
                date,
                command);
    }

    private static long kilobytes(String value) {
        String digits = value.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static String field(Path file, String name) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException | RuntimeException unreadable) {
            return UNKNOWN;
        }
    }

    private static String nodeVersion() {
        try {
            Process node = new ProcessBuilder("node", "--version")
                    .redirectErrorStream(true)
                    .start();
            if (!node.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                node.destroyForcibly();
                return UNKNOWN;
            }
            return new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException absent) {
            return "absent";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }
}
