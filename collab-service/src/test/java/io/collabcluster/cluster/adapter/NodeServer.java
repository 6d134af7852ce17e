package io.collabcluster.cluster.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The process of {@code src/test/node/server.mjs}: a {@code socket.io} server with an adapter on a test's Redis. */
final class NodeServer implements AutoCloseable {

    private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();
    private static final int LEAST_VERSION = 20;
    private static final int SECONDS = 30;

    // Never the test's own streams: Surefire speaks over them, and Node makes the pipes that it inherits non-blocking.
    private static final ProcessBuilder.Redirect ERRORS = ProcessBuilder.Redirect.appendTo(
            Path.of("target", "node-servers.log").toFile());

    private final Process process;
    private final BufferedWriter commands;
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    private NodeServer(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
    }

    /** Skips where Node is absent or too old. @param format {@code classic} or {@code sharded} */
    static NodeServer start(int redisPort, String format, String key) throws IOException {
        prepare();
        var process = new ProcessBuilder("node", "server.mjs", Integer.toString(redisPort), format, key)
                .directory(FOLDER.toFile())
                .redirectError(ERRORS)
                .start();
        var server = new NodeServer(process);
        var ready = new CompletableFuture<JsonNode>();
        server.waiting.put(0, ready);
        Thread.ofVirtual().start(server::read);
        ready.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        return server;
    }

    /** What another program in the folder prints. Skips as {@link #start} does. */
    static JsonNode json(String program) throws IOException {
        prepare();
        var process = new ProcessBuilder("node", program)
                .directory(FOLDER.toFile())
                .redirectError(ERRORS)
                .start();
        process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        return Golden.MAPPER.readTree(process.getInputStream());
    }

    private static void prepare() throws IOException {
        assumeTrue(
                version() >= LEAST_VERSION,
                "SKIPPED, the tests with Node servers in one Redis: they need Node " + LEAST_VERSION
                        + " or later with npm on the PATH");
        Path installed = FOLDER.resolve("node_modules/.package-lock.json");
        Path lock = FOLDER.resolve("package-lock.json");
        if (!Files.exists(installed)
                || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) < 0) {
            var npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ERRORS)
                    .start();
            assertThat(npm.onExit()
                            .orTimeout(5, TimeUnit.MINUTES)
                            .whenComplete((ended, late) -> npm.destroyForcibly())
                            .join()
                            .exitValue())
                    .as("npm ci in %s, see %s", FOLDER, ERRORS.file())
                    .isZero();
        }
    }

    private static int version() {
        try {
            Process node = new ProcessBuilder("node", "-p", "process.versions.node.split('.')[0]").start();
            return Integer.parseInt(new String(node.getInputStream().readAllBytes()).strip());
        } catch (IOException | NumberFormatException absent) {
            return 0;
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode answer = Golden.tree(line);
                waiting.remove(answer.get("id").asInt()).complete(answer);
            }
        } catch (IOException ended) {
            // Whoever waits is told below.
        }
        waiting.values().forEach(one -> one.completeExceptionally(new IllegalStateException("the Node server ended")));
    }

    /** Starts the body of an async function: {@code io, emitter, clients, client, seen, redis} are at hand there. */
    CompletableFuture<JsonNode> begin(String code) {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        try {
            synchronized (commands) {
                commands.write(Golden.MAPPER.writeValueAsString(Map.of("id", id, "code", code)));
                commands.newLine();
                commands.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.orTimeout(SECONDS, TimeUnit.SECONDS).thenApply(given -> {
            assertThat(given.path("error").asText()).as(code).isEmpty();
            return given.get("result");
        });
    }

    JsonNode run(String code) {
        return begin(code).join();
    }

    /** What a client of the server got since the last time, as JSON. */
    List<String> got(String client) {
        var got = new java.util.ArrayList<String>();
        run("return clients." + client + ".got.splice(0)").forEach(event -> got.add(event.toString()));
        return got;
    }

    /** It stays connected, and answers nothing any more. */
    void freeze() {
        try {
            new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
