package io.collabcluster.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that the bench has started. Its own children end with it. */
final class ServerProcess {

    private static final long SECONDS_TO_END = 10;
    private static final int LINES_TO_SHOW = 20;

    private final String name;
    private final Process process;
    private final Path log;

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * @param name for messages
     * @param log takes its output
     * @throws PeerFailure when there is no such program
     */
    static ServerProcess start(String name, List<String> command, Path log) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Environment.clean(builder.environment());
        try {
            return new ServerProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new PeerFailure(name + " can't be started: " + e.getMessage());
        }
    }

    /** @throws PeerFailure when it has ended */
    void check() {
        if (!process.isAlive()) {
            throw failure("ended with exit code " + process.exitValue());
        }
    }

    /** @return what happened to it, with the end of its output */
    PeerFailure failure(String what) {
        String output = lastLines();
        return new PeerFailure(
                name + " " + what + (output.isEmpty() ? "; it wrote nothing." : ". The end of its output:\n" + output));
    }

    private String lastLines() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TO_SHOW), lines.size()));
        } catch (IOException e) {
            return "(" + log + " can't be read: " + e.getMessage() + ")";
        }
    }

    /** Its own and its children's. @throws PeerFailure when it has ended */
    Usage usage(ProcFs proc) {
        check();
        return family().stream().map(one -> proc.usage(one.pid())).reduce(Usage.NONE, Usage::plus);
    }

    /** Itself and its children. */
    private List<ProcessHandle> family() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    /** Asks it to end, and insists after a while. Returns when it and its children are gone. */
    void end() {
        List<ProcessHandle> family = family();
        process.destroy();
        awaitEnd();
        endForcibly(family);
    }

    /** Returns when it and its children are gone. */
    void kill() {
        endForcibly(family());
    }

    private void endForcibly(List<ProcessHandle> family) {
        family.forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
