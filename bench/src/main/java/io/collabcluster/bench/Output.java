package io.collabcluster.bench;

import io.collabcluster.bench.report.DocsPage;
import io.collabcluster.bench.report.Report;
import io.collabcluster.bench.report.Results;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the results go: the table to the standard output, all of them into a folder, and into the docs if asked. */
final class Output {

    private static final Path ALL = Path.of("bench-results");
    private static final String RESULTS = "results.json";
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "For the results, the table and the plots. Default: bench-results/DATE-TIME.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--docs",
            paramLabel = "FOLDER",
            description = "Write the table and the plots into FOLDER/benchmarks.md, too.")
    private Optional<Path> docs = Optional.empty();

    /** For the results of a new bench. */
    Path file() {
        return folder.orElseGet(() -> ALL.resolve(LocalDateTime.now().format(NAME)))
                .resolve(RESULTS);
    }

    /** Before the run. @throws IOException when the docs can't take the results */
    void check() throws IOException {
        if (docs.isPresent()) {
            new DocsPage(docs.get()).check();
        }
    }

    /** @param file where the results are kept; what is made of them goes beside it, unless --out says otherwise */
    void show(Results results, Path file, PrintWriter out, PrintWriter err) throws IOException {
        Report report = new Report(results);
        out.print(report.text());
        out.flush();
        Path beside = folder.orElseGet(() -> file.toAbsolutePath().getParent());
        Files.createDirectories(beside);
        Files.writeString(beside.resolve("table.txt"), report.text());
        Files.writeString(beside.resolve("table.md"), report.markdown());
        savePlots(report, beside, err);
        err.println("Table and plots: " + beside);
        if (docs.isPresent()) {
            err.println("Written: " + new DocsPage(docs.get()).write(report));
        }
        err.flush();
    }

    /** A bench of hours is not lost for want of a font. */
    private static void savePlots(Report report, Path folder, PrintWriter err) {
        try {
            List<Path> plots = report.savePlots(folder);
            if (plots.isEmpty()) {
                err.println("No plots: nothing of what they show was measured.");
            }
        } catch (IOException impossible) {
            err.println("WARNING: no plots. " + impossible.getMessage());
        }
    }
}
