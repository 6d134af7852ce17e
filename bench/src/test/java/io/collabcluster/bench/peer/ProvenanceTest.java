package io.collabcluster.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {

    @TempDir
    private Path module;

    private Path file(String name, long second) throws IOException {
        Path file = module.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
    }

    @Test
    void onlyTheValuesThatAreKnownAreKeptAndNoSecrets() {
        var variables = Provenance.variables(Map.of(
                "PATH", "/bin",
                "COLLAB_JAVA_OPTIONS", "-Xmx1g -Dstore.password=hidden -Da=b",
                "COLLAB_DATABASE_PASSWORD", "hidden"));

        assertThat(variables)
                .containsOnly(
                        Map.entry("COLLAB_JAVA_OPTIONS", "-Xmx1g -Dstore.password=(not kept) -Da=b"),
                        Map.entry("COLLAB_DATABASE_PASSWORD", "(not kept)"));
    }

    @Test
    void anExecutableThatIsOlderThanTheSourcesIsSaid() throws IOException {
        file("pom.xml", 1);
        file("src/main/java/a/A.java", 100);
        Path executable = file("target/a-runner", 99);

        assertThat(Provenance.stale(Optional.of(executable), module))
                .hasValueSatisfying(text -> assertThat(text).contains("1970-01-01T00:01:39Z", "1970-01-01T00:01:40Z"));
        file("target/a-runner", 101);
        assertThat(Provenance.stale(Optional.of(executable), module)).isEmpty();
        assertThat(Provenance.stale(Optional.empty(), module)).isEmpty();
    }
}
