package io.collabcluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./collab}, as far as it goes without building anything. */
class FrontDoorTest {

    private static final Path SCRIPT = Path.of("../collab").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private record Ended(int status, String said) {}

    @Test
    void helpShowsEveryCommandWithAnExample() throws Exception {
        Ended help = run(SCRIPT, "--help");

        assertThat(help.status()).isZero();
        for (String command : List.of("serve", "check", "token", "encrypt", "balance", "test")) {
            assertThat(help.said()).contains("\n  " + command).contains("./collab " + command);
        }
    }

    @Test
    void noCommandAndAWrongOneShowTheHelpAndFail() throws Exception {
        assertThat(run(SCRIPT).status()).isEqualTo(2);
        Ended wrong = run(SCRIPT, "sreve");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.said()).startsWith("There is no command \"sreve\".").contains("serve [config.json]");
    }

    @Test
    void itMayBeCalledByALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("collab"), SCRIPT);

        assertThat(run(link, "--help").status()).isZero();
    }

    @Test
    void withoutAFittingJdkItSaysWhatToInstall() throws Exception {
        Path copy = copy("JDK_WANTED=25", "JDK_WANTED=99");

        Ended ended = run(copy, "serve");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.said()).contains("There is no JDK 99 or later", "apt install", "dnf install", "brew install");
    }

    @Test
    void withoutAFittingNodeItSaysWhatToInstall() throws Exception {
        Path copy = copy("NODE_WANTED=20", "NODE_WANTED=99");

        Ended ended = run(copy, "test");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.said())
                .contains("needs Node 99 or later with npm", "apt install", "dnf install", "brew install");
    }

    private Path copy(String text, String other) throws IOException {
        String script = Files.readString(SCRIPT);
        assertThat(script).contains(text);
        return Files.writeString(folder.resolve("changed"), script.replace(text, other));
    }

    private Ended run(Path script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    }
}
