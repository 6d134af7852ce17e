package io.collabcluster.bench.scenario;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two remarks on one sample. */
final class Remarks {

    private Remarks() {}

    static Optional<String> of(Optional<String> one, Optional<String> other) {
        return Optional.of(Stream.of(one, other).flatMap(Optional::stream).collect(Collectors.joining("; ")))
                .filter(text -> !text.isEmpty());
    }
}
