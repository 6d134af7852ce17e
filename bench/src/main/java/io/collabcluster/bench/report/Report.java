package io.collabcluster.bench.report;

import java.awt.AWTError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What people read of some results. */
public final class Report {

    private static final String LEGEND = """
            Medians of %s, in parentheses the least and the most. CPU-s/M: CPU-seconds of the server, user and system, per
            million of the unit that stands behind the case's title; Redis, load: the same of the Redis that several nodes
            share, and of the load generator. Columns with ×: the ratio to the server named behind the title; of the rate more is
            better, of the others less. kB/conn.: growth of the resident memory over the empty server, per connection. lost: what
            did not arrive, came twice, out of order or wrong, and sockets that were cut off; strays: messages that nodes without
            anybody in the room had from Redis; both in all runs together. k: thousands.
            """;

    private final Results results;
    private final Table table;

    public Report(Results results) {
        this.results = results;
        this.table = Summary.of(results);
    }

    /** For a terminal of 160 columns. */
    public String text() {
        return TextTable.print(table) + "\n" + legend() + results.machine().text() + "\n";
    }

    /** For a page: without the plots, which know where they are only when they are saved. */
    public String markdown() {
        return MarkdownTable.print(table) + "\n" + legend();
    }

    /**
     * @return the SVG files; none where no case has what a plot shows
     * @throws IOException when they can't be written, or this Java machine can't draw
     */
    public List<Path> savePlots(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        try {
            for (Map.Entry<String, Chart> plot : Plots.of(results).entrySet()) {
                Path file = folder.resolve(plot.getKey() + ".svg");
                plot.getValue().save(file);
                files.add(file);
            }
        } catch (LinkageError | InternalError | AWTError headless) {
            throw new IOException(
                    "This Java machine can't draw the plots; it needs a font, as of apt install fontconfig"
                            + " fonts-dejavu-core: " + headless.getMessage(),
                    headless);
        }
        return files;
    }

    Machine machine() {
        return results.machine();
    }

    private String legend() {
        String tiny = results.size().equals("tiny") ? "Measured at the tiny size: the figures mean nothing.\n" : "";
        return tiny + LEGEND.formatted(results.runs() == 1 ? "1 run" : results.runs() + " runs");
    }
}
