package io.collabcluster.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFsTest {

    private static final String STAT =
            "%s (%s) S 1 2 3 0 -1 4194560 100 200 3 4 150 50 20 30 20 0 11 0 12345 6789 100 0\n";
    private static final String ROLLUP = """
            55d2c8a00000-7ffd3b9f5000 ---p 00000000 00:00 0                          [rollup]
            Rss:               52344 kB
            Pss:               40123 kB
            """;

    @TempDir
    Path root;

    private Path process(String pid, String name) throws IOException {
        Path folder = Files.createDirectory(root.resolve(pid));
        Files.writeString(folder.resolve("stat"), STAT.formatted(pid, name));
        Files.writeString(folder.resolve("smaps_rollup"), ROLLUP);
        return folder;
    }

    @Test
    void cpuIsThatOfTheProcessAndOfTheChildrenThatItWaitedFor() throws IOException {
        process("17", "node");
        assertThat(new ProcFs(root, 100).usage(17)).isEqualTo(new Usage(2.5, 52344 * 1024));
    }

    @Test
    void aNameMayHaveSpacesAndParentheses() throws IOException {
        process("18", "a) S (b c");
        assertThat(new ProcFs(root, 1000).usage(18).cpuSeconds()).isEqualTo(0.25);
    }

    @Test
    void aProcessThatHasEndedTakesNothing() throws IOException {
        process("self", "java");
        assertThat(new ProcFs(root, 100).usage(19)).isEqualTo(Usage.NONE);
    }

    @Test
    void withoutProcItSaysWhatIsNeeded() {
        assertThatThrownBy(() -> new ProcFs(root, 100).usage(19))
                .isInstanceOf(PeerFailure.class)
                .hasMessageContaining("needs Linux");
    }

    @Test
    void theSystemKnowsThisProcess() {
        Usage usage = ProcFs.system().usage(ProcessHandle.current().pid());
        assertThat(usage.cpuSeconds()).isPositive();
        assertThat(usage.residentBytes()).isGreaterThan(1_000_000);
    }
}
