package io.collabcluster.bench.peer;

import java.util.Map;

/** What a peer's process is told by variables. */
final class Environment {

    /** Read by {@code ./collab}, for a profiler or another heap. */
    private static final String JAVA_OPTIONS = "COLLAB_JAVA_OPTIONS";

    private Environment() {}

    /** Our server takes every variable of this prefix for a setting: those of the bench would be faults, others a bias. */
    static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("COLLAB_") && !name.equals(JAVA_OPTIONS));
    }
}
