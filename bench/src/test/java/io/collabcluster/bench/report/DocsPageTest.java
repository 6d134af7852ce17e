package io.collabcluster.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsPageTest {

    private static final Report REPORT = new Report(Samples.results(
            List.of(Samples.of(Samples.FAN, "collab", 1, Map.of(Metric.RATE, 50_000.0, Metric.CPU, 3.25)))));

    @TempDir
    private Path docs;

    @Test
    void theResultsReplaceWhatIsBetweenTheComments() throws IOException {
        Path page = page("before\n" + DocsPage.BEGIN + "\nold\n" + DocsPage.END + "\nafter\n");

        new DocsPage(docs).write(REPORT);
        new DocsPage(docs).write(REPORT);

        assertThat(page)
                .content()
                .startsWith("before\n" + DocsPage.BEGIN)
                .endsWith(DocsPage.END + "\nafter\n")
                .doesNotContain("old")
                .containsOnlyOnce("| Collab Cluster | 50.0k | 3.25 |")
                .containsOnlyOnce("(images/bench-cpu-1000.svg)")
                .contains("A CPU, 2 cores");
        assertThat(docs.resolve("images/bench-cpu-1000.svg")).exists();
    }

    @Test
    void aPageWithoutAPlaceForThemIsLeftAlone() throws IOException {
        Path page = page("nothing\n");

        assertThatThrownBy(() -> new DocsPage(docs).write(REPORT)).hasMessageContaining(DocsPage.BEGIN);

        assertThat(page).hasContent("nothing\n");
    }

    @Test
    void aFolderWithoutThePageIsNamed() {
        assertThatThrownBy(() -> new DocsPage(docs).write(REPORT)).hasMessageContaining("There is no page");
    }

    private Path page(String text) throws IOException {
        return Files.writeString(docs.resolve("benchmarks.md"), text);
    }
}
