package io.collabcluster.bench;

import io.collabcluster.bench.peer.PeerFailure;
import io.collabcluster.bench.report.Failure;
import io.collabcluster.bench.report.Machine;
import io.collabcluster.bench.report.Results;
import io.collabcluster.bench.report.ResultsFile;
import io.collabcluster.bench.report.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs the steps of a plan one after the other. What one gave is in the file before the next begins. */
final class Measurement {

    private final Catalog catalog;
    private final Plan plan;
    private final Path file;
    private final PrintWriter err;

    /** @param catalog everything, in the table's order */
    Measurement(Catalog catalog, Plan plan, Path file, PrintWriter err) {
        this.catalog = catalog;
        this.plan = plan;
        this.file = file;
        this.err = err;
    }

    /**
     * @param before what is there already
     * @throws IOException when the results can't be kept
     */
    Results run(Machine here, Optional<Results> before) throws IOException {
        Attendance attendance = Attendance.of(plan, err);
        Results planned = new Results(
                here,
                plan.size().name().toLowerCase(Locale.ROOT),
                plan.runs(),
                plan.catalog().ids(),
                plan.catalog().servers(),
                attendance.absences(plan),
                List.of(),
                List.of());
        Results results = before.map(planned::resuming).orElse(planned).inOrderOf(catalog.ids(), catalog.servers());
        List<Plan.Step> steps = plan.steps(step -> attendance.present(step) && !has(results, step));
        ResultsFile.write(results, file);
        err.println("Results: " + file + " (if this is interrupted, --resume it)");
        return run(steps, results);
    }

    private Results run(List<Plan.Step> steps, Results before) throws IOException {
        Progress progress = new Progress(steps, plan.runs(), err);
        Results results = before;
        for (Plan.Step step : steps) {
            progress.begins(step);
            results = after(step, results, progress);
            ResultsFile.write(results, file);
        }
        return results;
    }

    private Results after(Plan.Step step, Results results, Progress progress) {
        long begun = System.nanoTime();
        try {
            List<Sample> samples = step.scenario().run(step.peer(), plan.size(), step.run());
            progress.ends(step, since(begun), samples);
            return results.plus(samples);
        } catch (RuntimeException failed) {
            String reason = reason(failed);
            progress.failed(step, since(begun), reason);
            return results.plus(new Failure(step.scenario().id(), step.peer().id(), step.run(), reason));
        }
    }

    private static boolean has(Results results, Plan.Step step) {
        return results.has(step.scenario().id(), step.peer().id(), step.run());
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Only a peer's failure says enough by itself; of another one, it helps to see where it was. */
    private static String reason(RuntimeException failed) {
        if (failed instanceof PeerFailure) {
            return failed.getMessage();
        }
        StringWriter trace = new StringWriter();
        failed.printStackTrace(new PrintWriter(trace));
        return trace.toString().lines().filter(Measurement::tells).collect(Collectors.joining("\n"));
    }

    /** How the command line came here is always the same. */
    private static boolean tells(String line) {
        return !line.contains("at picocli.")
                && !line.contains("at " + Bench.class.getName())
                && !line.contains("at " + Measurement.class.getName());
    }
}
