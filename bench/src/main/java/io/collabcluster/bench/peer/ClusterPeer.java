package io.collabcluster.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/** Several nodes of a server that are joined by one Redis, which is a companion: what it takes is told apart. */
record ClusterPeer(String id, String name, int nodes, ClusterNode node) implements Peer {

    @Override
    public boolean polling() {
        return node.polling();
    }

    @Override
    public Optional<String> absence() {
        return node.absence().or(ClusterPeer::absenceOfRedis);
    }

    private static Optional<String> absenceOfRedis() {
        ScratchFolder folder = ScratchFolder.create();
        try {
            var asked = CommandRun.of(List.of(executable(folder), "--version"), folder.path());
            return asked.succeeded() ? Optional.empty() : Optional.of("Redis does not run here: " + asked.end());
        } catch (UncheckedIOException e) {
            return Optional.of(e.getMessage() + ": " + e.getCause().getMessage());
        } finally {
            folder.delete();
        }
    }

    @Override
    public RunningPeer start(StartOptions options) {
        List<InetSocketAddress> addresses = Ports.from(options.port(), nodes);
        InetSocketAddress redis = Ports.from(0, 1).getFirst();
        return PeerProcesses.start(name, peer -> {
            peer.companion(redis(peer.folder(), redis), redis);
            for (int i = 0; i < nodes; i++) {
                InetSocketAddress route = options.redis().of(i, redis);
                node.start(peer, options, addresses.get(i), "redis://127.0.0.1:" + route.getPort());
            }
        });
    }

    private static List<String> redis(ScratchFolder folder, InetSocketAddress address) {
        return List.of(
                executable(folder),
                "--port",
                Integer.toString(address.getPort()),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.path().toString(),
                "--save",
                "");
    }

    /** The library unpacks its executable into a folder that it leaves behind, unless it is given one. */
    private static String executable(ScratchFolder folder) {
        try {
            return ExecutableProvider.newJarResourceProvider(folder.path().toFile())
                    .get()
                    .getPath();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis can't be unpacked", e);
        }
    }
}
