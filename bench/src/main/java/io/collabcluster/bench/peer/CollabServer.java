package io.collabcluster.bench.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Our own server, as a user starts it, with any configuration.
 *
 * <p>Another build than this checkout's is measured with {@code COLLAB_BENCH_SERVER}, a command line that
 * {@code serve config.json} is added to, and {@code COLLAB_BENCH_NATIVE}, the path of an executable.
 */
public final class CollabServer {

    private static final String SERVER_VARIABLE = "COLLAB_BENCH_SERVER";
    private static final String NATIVE_VARIABLE = "COLLAB_BENCH_NATIVE";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> command;
    private final String what;
    private final String remedy;
    private Optional<Optional<String>> absence = Optional.empty();

    /** @param what and {@code remedy}: for the reason of its absence */
    CollabServer(List<String> command, String what, String remedy) {
        this.command = command;
        this.what = what;
        this.remedy = remedy;
    }

    /** In a Java machine, by the checkout's front door, which builds it where it is missing. */
    public static CollabServer jvm() {
        String frontDoor = BenchFolders.here().checkout().resolve("collab").toString();
        String line = System.getenv().getOrDefault(SERVER_VARIABLE, frontDoor);
        return new CollabServer(
                List.of(line.strip().split("\\s+")),
                "server",
                "./collab --version must work, or the command line in " + SERVER_VARIABLE);
    }

    /** The native executable. */
    public static CollabServer executable() {
        Path target = BenchFolders.here().checkout().resolve("collab-service").resolve("target");
        Optional<String> other = Optional.ofNullable(System.getenv(NATIVE_VARIABLE));
        return new CollabServer(
                List.of(other.orElseGet(() -> runner(target))),
                "native executable",
                "build one with GRAALVM_HOME=… ./mvnw -Dnative -Dmaven.test.skip=true package, or say in "
                        + NATIVE_VARIABLE + " where there is one");
    }

    private static String runner(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-runner"))
                    .findFirst()
                    .orElse(target.resolve("collab-service-runner"))
                    .toString();
        } catch (IOException e) {
            return target.resolve("collab-service-runner").toString();
        }
    }

    /** As {@link Peer#absence()}. The first call may build it. */
    public synchronized Optional<String> absence() {
        if (absence.isEmpty()) {
            var run = CommandRun.of(with("--version"), Path.of("."));
            absence = Optional.of(
                    run.succeeded()
                            ? Optional.empty()
                            : Optional.of("no " + what + ": " + remedy + " (" + run.end() + ")"));
        }
        return absence.get();
    }

    /**
     * Starts it; returns when it takes connections.
     *
     * @param name for messages
     * @param config as in config.json; gets {@code port} and {@code host}
     * @param port of 127.0.0.1; 0: a free one
     * @throws PeerFailure with the last lines of its output, when it ended or took no connection within a minute
     */
    public RunningPeer start(String name, ObjectNode config, int port) {
        InetSocketAddress address = Ports.from(port, 1).getFirst();
        return PeerProcesses.start(name, peer -> start(peer, config, address));
    }

    /** Starts it as one of a peer's processes. */
    void start(PeerProcesses peer, ObjectNode config, InetSocketAddress address) {
        ObjectNode whole = config.deepCopy().put("port", address.getPort()).put("host", "127.0.0.1");
        Path file = peer.folder().file("config-" + address.getPort() + ".json");
        try {
            JSON.writeValue(file.toFile(), whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        peer.server(with("serve", file.toString()), address);
    }

    /** The program that it runs; of the front door, the jar behind it. */
    Optional<Path> file() {
        Path checkout = BenchFolders.here().checkout();
        return command.stream()
                .map(Path::of)
                .map(word -> word.equals(checkout.resolve("collab"))
                        ? checkout.resolve("collab-service/target/quarkus-app/quarkus-run.jar")
                        : word)
                .filter(Files::isRegularFile)
                .reduce((before, last) -> last);
    }

    private List<String> with(String... arguments) {
        return Stream.concat(command.stream(), Stream.of(arguments)).toList();
    }
}
