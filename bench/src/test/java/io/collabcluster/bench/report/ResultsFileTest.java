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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"cpu\" : \"A CPU\",",
                "\"size\" : \"full\",",
                "\"peer\" : \"collab\",",
                "\"title\" : \"fan-out: 1,000 sockets, 50 messages/s\","
            })
    void resultsThatLackSomethingAreNamed(String removed) throws IOException {
        Path file = folder.resolve("results.json");
        ResultsFile.write(Samples.results(List.of(Samples.of(Samples.FAN, "collab", 1, Map.of()))), file);
        String text = Files.readString(file);
        assertThat(text).contains(removed);
        Files.writeString(file, text.replace(removed, ""));

        assertThatThrownBy(() -> ResultsFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("results.json is not a file of results");
    }

    @Test
    void ofResultsWithoutABuildItIsUnknown() throws IOException {
        Path file = folder.resolve("results.json");
        ResultsFile.write(Samples.results(List.of()), file);
        Files.writeString(file, Files.readString(file).replaceAll("(?s),\\s*\"build\" : \\{.*?\\{.*?\\}.*?\\}", ""));

        assertThat(ResultsFile.read(file).machine().build().commit()).isEqualTo("unknown");
        assertThat(Build.NOT_KEPT.differences(Samples.BUILD)).isNotEmpty();
    }

    @Test
    void buildsThatDifferSayWherein() {
        var other = new Build("def5678", Samples.BUILD.server(), "absent", Map.of(), Samples.BUILD.load());

        assertThat(Samples.BUILD.differences(Samples.BUILD)).isEmpty();
        assertThat(Samples.BUILD.differences(other))
                .containsExactly("  commit: abc1234; now def5678", "  variables: {COLLAB_JAVA_OPTIONS=-Xmx1g}; now {}");
    }
}
