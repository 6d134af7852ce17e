package io.collabcluster.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer that can't be had says what is missing and what helps. */
class AbsenceTest {

    @TempDir
    Path folder;

    private Path sources;
    private Path programs;
    private NodeInstallation node;

    @BeforeEach
    void prepare() throws IOException {
        sources = Files.createDirectory(folder.resolve("sources"));
        programs = Files.createDirectory(folder.resolve("programs"));
        Files.writeString(sources.resolve("package-lock.json"), "{}");
        Files.writeString(sources.resolve("server.js"), "1");
        node = new NodeInstallation("/nonexistent:" + programs, sources, folder.resolve("target"));
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void nodeIsNotOnThePath() {
        assertThat(node.absence())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("Node 20 or later is not on the PATH"));
    }

    @Test
    void nodeIsTooOld() throws IOException {
        program("node", "echo v18.20.1");
        program("npm", "exit 0");
        assertThat(node.absence())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("Node 20 or later is not on the PATH"));
    }

    @Test
    void npmIsNotOnThePath() throws IOException {
        program("node", "echo v20.1.0");
        assertThat(node.absence())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("npm is not on the PATH"));
    }

    @Test
    void npmFails() throws IOException {
        program("node", "echo v22.1.0");
        program("npm", "echo no network >&2; exit 1");
        assertThat(node.absence())
                .hasValueSatisfying(
                        reason -> assertThat(reason).startsWith("npm ci failed").endsWith("no network"));
    }

    @Test
    void librariesAreInstalledOnceUntilTheyChange() throws IOException {
        program("node", "echo v22.1.0");
        program("npm", "mkdir -p node_modules; echo \"$1\" >>runs");
        Path runs = folder.resolve("target").resolve("runs");

        assertThat(node.absence()).isEmpty();
        assertThat(node.absence()).isEmpty();
        assertThat(runs).hasContent("ci");
        assertThat(node.command("server.js"))
                .containsExactly(
                        programs.resolve("node").toString(),
                        folder.resolve("target").resolve("server.js").toString());

        Files.writeString(sources.resolve("package-lock.json"), "{\"lockfileVersion\":3}");
        assertThat(node.absence()).isEmpty();
        assertThat(runs).hasContent("ci\nci");
    }

    @Test
    void thereIsNoExecutable() {
        String missing = folder.resolve("collab-runner").toString();
        assertThat(new CollabServer(List.of(missing), "executable", "build one").absence())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith("no executable: build one")
                        .contains(missing));
    }
}
