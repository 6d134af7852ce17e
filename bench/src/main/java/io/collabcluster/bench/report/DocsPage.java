package io.collabcluster.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that keeps the last full results, between two comments; the rest of it is written by people. */
public final class DocsPage {

    static final String BEGIN = "<!-- results: written by ./collab bench --docs -->";
    static final String END = "<!-- end of the results -->";

    private static final String PAGE = "benchmarks.md";
    private static final String IMAGES = "images";

    private final Path folder;

    /** @param folder that of the docs, with {@code benchmarks.md} in it */
    public DocsPage(Path folder) {
        this.folder = folder;
    }

    /**
     * Puts the table and the plots into the page.
     *
     * @return the page
     * @throws IOException also when the page has no place for them
     */
    public Path write(Report report) throws IOException {
        Path page = check();
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + results(report) + text.substring(end));
        return page;
    }

    /**
     * Before hours are spent on the results.
     *
     * @return the page
     * @throws IOException when it can't take results
     */
    public Path check() throws IOException {
        Path page = folder.resolve(PAGE);
        if (!Files.isReadable(page)) {
            throw new IOException("There is no page " + page + ": --docs takes the folder that has " + PAGE + ".");
        }
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no place for the results: two lines, \"" + BEGIN + "\" and \"" + END
                    + "\", with anything between them.");
        }
        if (!Files.isWritable(page)) {
            throw new IOException(page + " can't be written.");
        }
        return page;
    }

    private String results(Report report) throws IOException {
        StringBuilder text =
                new StringBuilder("\n\n```\n").append(report.machine().text()).append("\n```\n\n");
        for (Path plot : report.savePlots(folder.resolve(IMAGES))) {
            String name = plot.getFileName().toString();
            text.append("![").append(described(name)).append("](").append(IMAGES);
            text.append('/').append(name).append(")\n\n");
        }
        return text.append(report.markdown()).append('\n').toString();
    }

    private static String described(String file) {
        return file.contains("memory")
                ? "Resident memory by idle connections"
                : "CPU per delivery by messages per second, to " + file.replaceAll("\\D", "") + " sockets";
    }
}
