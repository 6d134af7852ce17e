package io.collabcluster.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the Linux kernel accounts to a process. */
final class ProcFs {

    /** Of the fields of {@code stat} that follow the program's name: proc_pid_stat(5) counts from 1, with two before these. */
    private static final int UTIME = 14 - 3;

    private static final int CSTIME = 17 - 3;
    private static final String RESIDENT = "Rss:";

    private final Path root;
    private final double ticksPerSecond;

    ProcFs(Path root, double ticksPerSecond) {
        this.root = root;
        this.ticksPerSecond = ticksPerSecond;
    }

    static ProcFs system() {
        return new ProcFs(Path.of("/proc"), clockTicks());
    }

    /** With the CPU of the children that it has waited for. A process that has just ended has used nothing. */
    Usage usage(long pid) {
        Path process = root.resolve(Long.toString(pid));
        try {
            return new Usage(cpuSeconds(process), residentBytes(process));
        } catch (NoSuchFileException e) {
            if (!Files.exists(root.resolve("self").resolve("stat"))) {
                throw new PeerFailure("There is no " + root + "/self/stat: the bench reads there what a server takes,"
                        + " which needs Linux with /proc mounted.");
            }
            return Usage.NONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double cpuSeconds(Path process) throws IOException {
        String stat = read(process.resolve("stat"));
        // The name stands in parentheses, and may have spaces and parentheses in it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = UTIME; i <= CSTIME; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / ticksPerSecond;
    }

    /** The sum over its mappings: {@code statm} may be some hundred KB behind for each thread. */
    private static long residentBytes(Path process) throws IOException {
        for (String line : read(process.resolve("smaps_rollup")).split("\n")) {
            if (line.startsWith(RESIDENT)) {
                String kilobytes = line.substring(RESIDENT.length()).replace("kB", "");
                return 1024 * Long.parseLong(kilobytes.strip());
            }
        }
        return 0;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** The unit of times in {@code stat}. */
    private static double clockTicks() {
        try {
            Process getconf = new ProcessBuilder("getconf", "CLK_TCK").start();
            byte[] answer = getconf.getInputStream().readAllBytes();
            return Double.parseDouble(new String(answer, StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException e) {
            throw new PeerFailure("getconf CLK_TCK doesn't say how long a clock tick is: " + e.getMessage());
        }
    }
}
