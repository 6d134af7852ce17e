package io.collabcluster.bench.peer;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server that is a class of the bench, in a Java machine of its own.
 *
 * @param mainClass takes a port of 127.0.0.1, and the ping interval in milliseconds
 */
record JvmPeer(String id, String name, boolean polling, Class<?> mainClass) implements Peer {

    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public RunningPeer start(StartOptions options) {
        InetSocketAddress address = Ports.from(options.port(), 1).getFirst();
        return PeerProcesses.start(name, peer -> peer.server(command(options, address, System.getenv()), address));
    }

    List<String> command(StartOptions options, InetSocketAddress address, Map<String, String> environment) {
        var java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // All that ./collab serve has, those of the collector among them.
                "@" + BenchFolders.here().serveOptions());
        var program = List.of(
                "-cp",
                System.getProperty("java.class.path"),
                mainClass.getName(),
                Integer.toString(address.getPort()),
                Long.toString(options.pingInterval().toMillis()));
        // As there, those of the user come last, and so hold.
        return Stream.of(java, Environment.javaOptions(environment), program)
                .flatMap(List::stream)
                .toList();
    }
}
