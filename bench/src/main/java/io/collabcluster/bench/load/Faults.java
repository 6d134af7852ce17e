package io.collabcluster.bench.load;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** How often what went wrong. */
public record Faults(Map<Fault, Long> counts) {

    public static final Faults NONE = new Faults(Map.of());

    public Faults {
        counts = Map.copyOf(counts);
    }

    static Faults of(ToLongFunction<Fault> count) {
        return new Faults(Arrays.stream(Fault.values()).collect(Collectors.toMap(fault -> fault, count::applyAsLong)));
    }

    public long of(Fault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    public long sum() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public Faults plus(Faults other) {
        return of(fault -> of(fault) + other.of(fault));
    }

    Faults minus(Faults other) {
        return of(fault -> of(fault) - other.of(fault));
    }

    /** For people, as {@code 3 missing, 1 twice}; empty where nothing went wrong. */
    public Optional<String> text() {
        return Arrays.stream(Fault.values())
                .filter(fault -> of(fault) > 0)
                .map(fault -> of(fault) + " " + fault.words())
                .reduce((one, other) -> one + ", " + other);
    }
}
