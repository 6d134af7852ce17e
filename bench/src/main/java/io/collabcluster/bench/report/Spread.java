package io.collabcluster.bench.report;

import java.util.List;
import java.util.Optional;

/** What several runs gave of one figure. */
record Spread(double median, double least, double most) {

    /** Nothing where no run gave the figure. */
    static Optional<Spread> of(List<Double> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return Optional.of(new Spread(median, sorted.getFirst(), sorted.getLast()));
    }

    Spread dividedBy(double unit) {
        return new Spread(median / unit, least / unit, most / unit);
    }
}
