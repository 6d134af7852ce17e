package io.collabcluster.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured, and by what.
 *
 * @param commit of the checkout, as {@code git describe} has it
 * @param server when the server's jar was built
 * @param executable when the native executable was built
 * @param variables those of the environment that begin with {@code COLLAB_}, with the values of those that the bench knows
 * @param load what the size stands for
 */
public record Build(String commit, String server, String executable, Map<String, String> variables, String load) {

    public static final String UNKNOWN = "unknown";

    /** Of results from a time when that was not kept. */
    static final Build NOT_KEPT = new Build(UNKNOWN, UNKNOWN, UNKNOWN, Map.of(), UNKNOWN);

    public Build {
        variables = Map.copyOf(variables);
    }

    /** A line for each thing in which the two differ, so that their figures can't stand beside each other. */
    public List<String> differences(Build other) {
        List<String> lines = new ArrayList<>();
        compare(lines, "commit", commit, other.commit);
        compare(lines, "server", server, other.server);
        compare(lines, "native executable", executable, other.executable);
        compare(lines, "variables", new TreeMap<>(variables).toString(), new TreeMap<>(other.variables).toString());
        compare(lines, "load", load, other.load);
        return lines;
    }

    private static void compare(List<String> lines, String what, String one, String other) {
        if (!one.equals(other)) {
            lines.add("  " + what + ": " + one + "; now " + other);
        }
    }
}
