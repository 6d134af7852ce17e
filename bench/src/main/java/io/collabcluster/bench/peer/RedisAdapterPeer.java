package io.collabcluster.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/** Several nodes of a server that are joined by one Redis. The Redis counts as no part of the peer. */
record RedisAdapterPeer(String id, String name, int nodes, NodePeer node) implements Peer {

    @Override
    public boolean polling() {
        return node.polling();
    }

    @Override
    public Optional<String> absence() {
        return node.absence();
    }

    @Override
    public RunningPeer start(StartOptions options) {
        List<InetSocketAddress> addresses = Ports.from(options.port(), nodes);
        InetSocketAddress redis = Ports.from(0, 1).getFirst();
        return PeerProcesses.start(name, peer -> {
            peer.companion(redis(peer.folder(), redis), redis);
            for (InetSocketAddress address : addresses) {
                peer.server(node.command(options, address, "--redis", "redis://127.0.0.1:" + redis.getPort()), address);
            }
        });
    }

    /** The library unpacks its executable into a folder that it leaves behind, unless it is given one. */
    private static List<String> redis(ScratchFolder folder, InetSocketAddress address) {
        try {
            var executable = ExecutableProvider.newJarResourceProvider(
                            folder.path().toFile())
                    .get();
            return List.of(
                    executable.getPath(),
                    "--port",
                    Integer.toString(address.getPort()),
                    "--bind",
                    "127.0.0.1",
                    "--dir",
                    folder.path().toString(),
                    "--save",
                    "");
        } catch (IOException e) {
            throw new UncheckedIOException("Redis can't be unpacked", e);
        }
    }
}
