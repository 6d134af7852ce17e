package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.FreePorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The packaged server, started in a folder of its own with a config.json of its own. With {@code -Dnative} it is the
 * native executable, else quarkus-run.jar on the Java that runs the test.
 */
final class ServerProcess implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private final Map<String, String> environment;
    private Process process;

    private ServerProcess(Path folder, int port, Map<String, String> environment) {
        this.folder = folder;
        this.port = port;
        this.environment = Map.copyOf(environment);
    }

    /** Not started yet. */
    static ServerProcess of(JsonObject config) {
        return of(config, Map.of());
    }

    /** @param environment what the process gets beside the environment of this one */
    static ServerProcess of(JsonObject config, Map<String, String> environment) {
        try {
            var folder = Files.createTempDirectory("collab-it");
            int port = config.getInteger("port", FreePorts.next());
            var complete =
                    new JsonObject().put("port", port).put("host", "127.0.0.1").mergeIn(config);
            Files.writeString(folder.resolve("config.json"), complete.encodePrettily());
            return new ServerProcess(folder, port, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, for the first time or again, and returns at once. */
    ServerProcess launch() {
        try {
            var builder = new ProcessBuilder(command())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("COLLAB_"));
            builder.environment().putAll(environment);
            process = builder.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and waits until it runs. */
    ServerProcess start() {
        launch();
        return awaitRunning();
    }

    /** Ready it is also while it is paused. */
    ServerProcess awaitRunning() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(process.isAlive())
                    .as(() -> "the server has ended: " + output())
                    .isTrue();
            return isRunning();
        });
        return this;
    }

    private static List<String> command() {
        var command = new ArrayList<String>();
        var executable = Path.of(System.getProperty("native.image.path", "none"));
        if (System.getProperty("native") != null && Files.isExecutable(executable)) {
            command.add(executable.toAbsolutePath().toString());
        } else {
            var jar = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
            assertThat(jar).as("the packaged server: ./mvnw package makes it").exists();
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-jar", jar.toString()));
        }
        command.addAll(List.of("serve", "config.json"));
        return command;
    }

    int port() {
        return port;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    Path dataFolder() {
        return folder.resolve("data");
    }

    /** The number of the process that runs now. */
    long pid() {
        return process.pid();
    }

    JsonObject status() {
        return new JsonObject(get("/status").body());
    }

    JsonObject awaitStatus(Predicate<JsonObject> condition) {
        return await().atMost(PATIENCE).ignoreExceptions().until(this::status, condition);
    }

    JsonObject awaitState(String state) {
        return awaitStatus(status -> state.equals(status.getString("state")));
    }

    private boolean isRunning() {
        try {
            return "running".equals(status().getString("state"));
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    HttpResponse<String> post(String path, JsonObject body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build());
    }

    /** As the operator. */
    HttpResponse<String> operate(String path, String token, JsonObject body) {
        return send(request(path)
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build());
    }

    /** As a client that polls. */
    HttpResponse<String> postText(String path, String body) {
        return send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(Duration.ofSeconds(20))
                .header("X-Guest-Name", "Tess");
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As the kernel does when memory runs out: nothing is written, nothing is closed. Its Postgres goes on. */
    void kill9() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM; returns at once. */
    void terminate() {
        process.destroy();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits for the end. */
    int exitCode() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> "the server has not ended: " + output())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it has written so far, on both streams. */
    String output() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    /** The Postgres of its data folder, which outlives a server that was killed. */
    private void endOrphan() throws IOException {
        var pidFile = dataFolder().resolve("db").resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().trim());
        var orphan = ProcessHandle.of(pid)
                .filter(handle -> handle.info().commandLine().orElse("").contains(folder.toString()));
        orphan.ifPresent(ProcessHandle::destroy);
        orphan.ifPresent(handle -> await().atMost(PATIENCE).until(() -> !handle.isAlive()));
    }

    @Override
    public void close() {
        try {
            if (process != null && process.isAlive()) {
                process.destroy();
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
                }
            }
            endOrphan();
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
