package io.collabcluster.bench.report;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the runs of a case on one server come to. */
final class Medians {

    private static final double MEGABYTE = 1e6;
    private static final double KILOBYTE = 1e3;

    private final List<Sample> samples;

    Medians(List<Sample> samples) {
        this.samples = samples;
    }

    boolean empty() {
        return samples.isEmpty();
    }

    Optional<Spread> of(Metric metric) {
        return Spread.of(samples.stream()
                .map(sample -> sample.figures().get(metric))
                .filter(Objects::nonNull)
                .filter(Double::isFinite)
                .toList());
    }

    /** @param reference what the ratios are to; the ratio of the medians, not the median of ratios */
    Map<Column, String> cells(Medians reference) {
        Map<Column, String> cells = new EnumMap<>(Column.class);
        put(cells, Column.RATE, Metric.RATE, 1);
        put(cells, Column.CPU, Metric.CPU, 1);
        put(cells, Column.P50, Metric.P50, 1);
        put(cells, Column.P99, Metric.P99, 1);
        put(cells, Column.RESIDENT, Metric.RESIDENT, MEGABYTE);
        put(cells, Column.PER_CONNECTION, Metric.PER_CONNECTION, KILOBYTE);
        ratio(Metric.RATE, reference).ifPresent(ratio -> cells.put(Column.RATE_RATIO, ratio));
        ratio(Metric.CPU, reference).ifPresent(ratio -> cells.put(Column.CPU_RATIO, ratio));
        ratio(Metric.PER_CONNECTION, reference).ifPresent(ratio -> cells.put(Column.PER_CONNECTION_RATIO, ratio));
        of(Metric.LOAD_CPU).ifPresent(load -> cells.put(Column.LOAD_CPU, Digits.one(load.median())));
        of(Metric.REDIS_CPU).ifPresent(redis -> cells.put(Column.REDIS, Digits.one(redis.median())));
        sum(Metric.LOST).ifPresent(lost -> cells.put(Column.LOST, lost));
        sum(Metric.STRAYS).ifPresent(strays -> cells.put(Column.STRAYS, strays));
        return cells;
    }

    /** What was said of single runs, and that there are fewer than were asked for. */
    Optional<String> remark(int runs) {
        Map<String, List<Sample>> byText = samples.stream()
                .filter(sample -> sample.remark().isPresent())
                .collect(Collectors.groupingBy(
                        sample -> sample.remark().orElseThrow(), LinkedHashMap::new, Collectors.toList()));
        String said = byText.entrySet().stream()
                .map(entry -> which(entry.getValue()) + entry.getKey())
                .collect(Collectors.joining("; "));
        String fewer = samples.size() < runs ? samples.size() + " of " + runs + " runs" : "";
        String all = fewer.isEmpty() || said.isEmpty() ? fewer + said : fewer + "; " + said;
        return Optional.of(all).filter(text -> !text.isEmpty());
    }

    private String which(List<Sample> of) {
        if (of.size() == samples.size()) {
            return "";
        }
        return "run "
                + of.stream().map(sample -> String.valueOf(sample.run())).collect(Collectors.joining(", "))
                + ": ";
    }

    private void put(Map<Column, String> cells, Column column, Metric metric, double unit) {
        of(metric).ifPresent(figure -> cells.put(column, Digits.spread(figure.dividedBy(unit))));
    }

    private Optional<String> ratio(Metric metric, Medians reference) {
        return of(metric).flatMap(own -> reference
                .of(metric)
                .filter(other -> other.median() > 0)
                .map(other -> Digits.ratio(own.median() / other.median())));
    }

    /** Of all runs together: a median would hide what went wrong in one. */
    private Optional<String> sum(Metric metric) {
        return of(metric)
                .map(any -> Digits.count(samples.stream()
                        .mapToDouble(sample -> sample.figures().getOrDefault(metric, 0.0))
                        .sum()));
    }
}
