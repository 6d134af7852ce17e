package io.collabcluster.cluster;

import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.redis.Names;
import io.collabcluster.cluster.redis.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis of a test's own, on a port of 127.0.0.1 that it keeps when it is started again. What it had stored is gone then,
 * unless it has {@code appendonly yes}. {@link #start} gives the embedded 6.2, which has no sharded publish and subscribe;
 * see {@link Redis7}.
 */
public final class TestRedis implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final ProcessBuilder command;
    private final int port;
    private final Thread atExit = new Thread(this::kill);
    private Process process;

    private TestRedis(Path folder, Path program, int port, List<String> settings, String... arguments) {
        this.folder = folder;
        this.port = port;
        Path file = folder.resolve("redis.conf");
        write(
                file,
                "bind 127.0.0.1\nsave \"\"\nport " + port + "\ndir \"" + folder + "\"\n"
                        + String.join("\n", settings)
                        + "\n");
        command = new ProcessBuilder(program.toString(), file.toString());
        command.command().addAll(List.of(arguments));
        command.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        Runtime.getRuntime().addShutdownHook(atExit);
        startAgain();
    }

    /** The embedded Redis 6.2. @param settings lines of redis.conf; a later one counts more */
    public static TestRedis start(String... settings) {
        Path folder = newFolder();
        try {
            var program = ExecutableProvider.newJarResourceProvider(folder.toFile());
            return new TestRedis(folder, program.get().toPath(), FreePorts.next(), List.of(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param arguments after the file: {@code --sentinel} */
    static TestRedis of(Path program, int port, List<String> settings, String... arguments) {
        return new TestRedis(newFolder(), program, port, settings, arguments);
    }

    public int port() {
        return port;
    }

    public RedisOptions.Server server() {
        return new RedisOptions.Server("127.0.0.1", port);
    }

    /** Standalone, classic, without a password. */
    public RedisOptions options() {
        return options(new Names(Names.DEFAULT_KEY));
    }

    public RedisOptions options(Names names) {
        return new RedisOptions(
                RedisOptions.Mode.STANDALONE,
                List.of(server()),
                "",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RedisOptions.Format.CLASSIC,
                names);
    }

    /** Sends one command on a connection of its own. @return text, a number as Long, a List of such, or null */
    public Object command(String... words) {
        try (var connection = new RespConnection(port)) {
            return connection.command(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After {@link #stop} or {@link #kill}: on the same port. */
    public void startAgain() {
        try {
            process = command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("Redis on port " + port + ", see " + folder.resolve("log"))
                .atMost(PATIENCE)
                .until(this::listens);
    }

    /** In an orderly way. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    public void restart() {
        stop();
        startAgain();
    }

    /** After {@link #stop} or {@link #kill} of one with {@code appendonly yes}: when it is started again, it has no data. */
    public void forget() {
        if (process.isAlive()) {
            throw new IllegalStateException("Redis runs: it would write what it knows once more");
        }
        if (delete(stored()) == 0) {
            throw new IllegalStateException("nothing was stored in " + folder);
        }
        if (!stored().isEmpty()) {
            throw new IllegalStateException("still stored: " + stored());
        }
    }

    /** The append-only file of 6.2, the folder of 7 with what is in it, and the snapshot. */
    private List<Path> stored() {
        return files().stream()
                .filter(file -> Pattern.matches(
                        "appendonly\\.aof|appendonlydir(/.*)?|dump\\.rdb",
                        folder.relativize(file).toString()))
                .toList();
    }

    /** All in its folder, and the folder; what is in another comes before that. */
    private List<Path> files() {
        try (var files = Files.walk(folder)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long delete(List<Path> files) {
        return files.stream().filter(file -> file.toFile().delete()).count();
    }

    /** Its connections stay open, and it answers nothing, until {@link #thaw}. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(atExit);
        delete(files());
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitEnd() {
        process.onExit().join();
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Redis has ended: " + read(folder.resolve("log")));
        }
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static Path newFolder() {
        try {
            Path parent =
                    Files.createDirectories(Path.of("target", "test-redis").toAbsolutePath());
            return Files.createTempDirectory(parent, "redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
