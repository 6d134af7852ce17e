package io.collabcluster.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that the bench has started. It ends with the bench at the latest, and its own children end with it. */
final class ServerProcess {

    private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();
    private static final long SECONDS_TO_END = 10;
    private static final int LINES_TO_SHOW = 20;

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(ServerProcess::kill), "end of the peers"));
    }

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
            var started = new ServerProcess(name, builder.start(), log);
            RUNNING.add(started);
            return started;
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
        try (Stream<ProcessHandle> family = family()) {
            return family.map(one -> proc.usage(one.pid())).reduce(Usage.NONE, Usage::plus);
        }
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
    }

    /** Asks it to end, and insists after a while. */
    void end() {
        process.destroy();
        if (!ended(process)) {
            kill();
        }
        RUNNING.remove(this);
    }

    /** Returns when it and its children are gone. */
    void kill() {
        List<ProcessHandle> family = family().toList();
        family.forEach(ProcessHandle::destroyForcibly);
        ended(process);
        RUNNING.remove(this);
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
