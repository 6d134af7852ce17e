package io.collabcluster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * How many files, and so connections, a process may have open. The servers inherit it from the bench.
 *
 * @param soft what holds now; a Java machine raises it up to the hard one by itself when it starts
 * @param hard up to where a process may raise it without being root
 */
record OpenFiles(long soft, long hard) {

    /** For what is open besides the connections. */
    private static final int OTHERS = 500;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String NAME = "Max open files";

    /** Nothing where the system does not tell. */
    static Optional<OpenFiles> ofThisProcess() {
        if (!Files.isReadable(LIMITS)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(LIMITS)) {
            return lines.filter(line -> line.startsWith(NAME)).findFirst().map(OpenFiles::parsed);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    static OpenFiles parsed(String line) {
        String[] limits = line.substring(NAME.length()).strip().split("\\s+");
        return new OpenFiles(limit(limits[0]), limit(limits[1]));
    }

    /** What to do, when there are too few for so many connections. */
    Optional<String> tooFewFor(int connections) {
        long needed = (long) connections + OTHERS;
        if (soft >= needed) {
            return Optional.empty();
        }
        String fault = String.format(
                Locale.ROOT,
                "%,d connections need %,d open files per process, and the limit here is %,d.",
                connections,
                needed,
                soft);
        return Optional.of(fault + (hard >= needed ? softTooLow(needed) : hardTooLow(needed)));
    }

    private static String softTooLow(long needed) {
        return " Raise it in this shell, then start the bench again:\n  ulimit -n " + needed;
    }

    private static String hardTooLow(long needed) {
        return """
                 That is its hard limit, too.
                Raise both for this shell, then start the bench again:
                  sudo prlimit --pid $$ --nofile=%1$d:%1$d
                For good: add the line below to /etc/security/limits.conf, and log in again:
                  * - nofile %1$d
                In a systemd unit: LimitNOFILE=%1$d; in Docker: --ulimit nofile=%1$d:%1$d. Or try it with less: --size tiny.""".formatted(needed);
    }

    private static long limit(String text) {
        return text.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(text);
    }
}
