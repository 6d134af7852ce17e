package io.collabcluster.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A command that was run to its end.
 *
 * @param output what it wrote, errors included
 */
record CommandRun(boolean succeeded, String output) {

    private static final int LINES_TO_SHOW = 5;

    /** A program that is missing is a run that failed. */
    static CommandRun of(List<String> command, Path folder) {
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Environment.clean(builder.environment());
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new CommandRun(process.waitFor() == 0, output.strip());
        } catch (IOException e) {
            return new CommandRun(false, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandRun(false, "interrupted");
        }
    }

    /** Its last lines, in one. */
    String end() {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return String.join("; ", lines.subList(Math.max(0, lines.size() - LINES_TO_SHOW), lines.size()));
    }
}
