package io.collabcluster.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Results results = Samples.results(List.of(
                        Samples.of(Samples.FAN, "collab", 1, Map.of(Metric.CPU, 3.25, Metric.LOST, 0.0)),
                        new Sample(Samples.IDLE, "node-ws", 2, Map.of(), Optional.of("pings were late"))))
                .plus(new Failure("idle", "node-ws", 1, "one\ntwo"));
        Path file = folder.resolve("new/results.json");

        ResultsFile.write(results, file);

        assertThat(ResultsFile.read(file)).isEqualTo(results);
        assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
    }

    @Test
    void anotherFileIsNamedAsNoneOfTheBench() throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "{}");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"machine\": ");

        assertThatThrownBy(() -> ResultsFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.json is not a file of results: it lacks machine");
        assertThatThrownBy(() -> ResultsFile.read(broken)).hasMessageContaining("broken.json is not a file of results");
    }
}
