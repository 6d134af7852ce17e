package io.collabcluster.bench.posts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pgbench and the shell's {@code times} printed.
 *
 * @param transactions that succeeded
 * @param rate of them per second, from when all clients were connected
 * @param cpuSeconds of pgbench, user and system
 */
record PgbenchReport(long transactions, double rate, double cpuSeconds) {

    private static final Pattern TRANSACTIONS = Pattern.compile("actually processed: (\\d+)");
    /** The words of version 14, or of those before. */
    private static final Pattern RATE = Pattern.compile(
            "tps = ([\\d.]+) \\((?:without initial connection time|excluding connections establishing)\\)");
    /** The second line of {@code times}: of the shell's children, user and system, as in {@code 0m1.230s 0m0.450s}. */
    private static final Pattern TIMES =
            Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\n(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");

    static PgbenchReport parse(String output) {
        Matcher times = found(TIMES, output);
        return new PgbenchReport(
                Long.parseLong(found(TRANSACTIONS, output).group(1)),
                Double.parseDouble(found(RATE, output).group(1)),
                seconds(times, 5) + seconds(times, 7));
    }

    private static double seconds(Matcher times, int group) {
        return 60 * Double.parseDouble(times.group(group)) + Double.parseDouble(times.group(group + 1));
    }

    private static Matcher found(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalArgumentException("pgbench's output has no \"" + pattern + "\":\n" + output);
        }
        return matcher;
    }
}
