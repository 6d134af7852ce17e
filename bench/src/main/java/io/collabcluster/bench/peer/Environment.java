package io.collabcluster.bench.peer;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a peer's process is told by variables. */
final class Environment {

    /** Read by {@code ./collab}, for a profiler or another heap. */
    private static final String JAVA_OPTIONS = "COLLAB_JAVA_OPTIONS";

    private Environment() {}

    /** More options for every Java machine that is measured; cut at blanks, as {@code ./collab} does. */
    static List<String> javaOptions(Map<String, String> environment) {
        return Stream.of(environment.getOrDefault(JAVA_OPTIONS, "").split("\\s+"))
                .filter(option -> !option.isEmpty())
                .toList();
    }

    /** Our server takes every variable of this prefix for a setting: those of the bench would be faults, others a bias. */
    static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("COLLAB_") && !name.equals(JAVA_OPTIONS));
    }
}
