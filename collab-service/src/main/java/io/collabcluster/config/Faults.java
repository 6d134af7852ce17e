package io.collabcluster.config;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong, so that it can be said at once. */
final class Faults {

    private final List<Fault> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    void add(Fault fault) {
        faults.add(fault);
    }

    void add(String path, Where where, String wrong, String right) {
        add(new Fault(path, where.text(), wrong, right));
    }

    /** Something that works, but hardly as it was meant. */
    void warn(String warning) {
        warnings.add(warning);
    }

    boolean any() {
        return !faults.isEmpty();
    }

    List<Fault> all() {
        return List.copyOf(faults);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
