package io.collabcluster.bench;

import io.collabcluster.bench.report.Metric;
import io.collabcluster.bench.report.Sample;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A line per step: what runs, how long it took, and how long the rest will take. */
final class Progress {

    private static final int MINUTE = 60;

    private final List<Plan.Step> steps;
    private final int runs;
    private final PrintWriter err;

    /** Seconds that the steps of a scenario took, by its id. */
    private final Map<String, List<Double>> took = new HashMap<>();

    private int done;

    Progress(List<Plan.Step> steps, int runs, PrintWriter err) {
        this.steps = steps;
        this.runs = runs;
        this.err = err;
    }

    void begins(Plan.Step step) {
        err.printf(
                "[%d/%d] run %d of %d: %s on %s … ",
                done + 1,
                steps.size(),
                step.run(),
                runs,
                step.scenario().id(),
                step.peer().name());
        err.flush();
    }

    void ends(Plan.Step step, Duration time, List<Sample> samples) {
        double lost = samples.stream()
                .mapToDouble(sample -> sample.figures().getOrDefault(Metric.LOST, 0.0))
                .sum();
        ends(step, time, lost == 0 ? "" : String.format(Locale.ROOT, ", LOST %.0f", lost));
    }

    void failed(Plan.Step step, Duration time, String reason) {
        ends(step, time, ", FAILED");
        err.println(reason.lines().map(line -> "    " + line).collect(Collectors.joining("\n")));
        err.flush();
    }

    private void ends(Plan.Step step, Duration time, String how) {
        done++;
        took.computeIfAbsent(step.scenario().id(), scenario -> new ArrayList<>())
                .add(time.toMillis() / 1e3);
        String left = done == steps.size() ? "" : ", about " + words(left()) + " left";
        err.println(words(time.toMillis() / 1e3) + how + left);
        err.flush();
    }

    private double left() {
        double usual =
                mean(took.values().stream().flatMap(List::stream).toList()).orElse(0);
        return steps.subList(done, steps.size()).stream()
                .mapToDouble(step ->
                        mean(took.getOrDefault(step.scenario().id(), List.of())).orElse(usual))
                .sum();
    }

    private static OptionalDouble mean(List<Double> seconds) {
        return seconds.stream().mapToDouble(Double::doubleValue).average();
    }

    static String words(double seconds) {
        return seconds < 2 * MINUTE ? Math.round(seconds) + " s" : Math.round(seconds / MINUTE) + " min";
    }
}
