package io.collabcluster.bench.peer;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server that is one program in Node.
 *
 * @param program a file of {@code src/main/node}
 */
record NodePeer(String id, String name, boolean polling, String program, NodeInstallation node)
        implements Peer, ClusterNode {

    @Override
    public Optional<String> absence() {
        return node.absence();
    }

    @Override
    public RunningPeer start(StartOptions options) {
        InetSocketAddress address = Ports.from(options.port(), 1).getFirst();
        return PeerProcesses.start(name, peer -> peer.server(command(options, address), address));
    }

    /** By the library's own adapter. */
    @Override
    public void start(PeerProcesses peer, StartOptions options, InetSocketAddress address, String redisUrl) {
        peer.server(command(options, address, "--redis", redisUrl), address);
    }

    private List<String> command(StartOptions options, InetSocketAddress address, String... more) {
        var arguments = List.of(
                "--port", Integer.toString(address.getPort()),
                "--ping-interval", Long.toString(options.pingInterval().toMillis()));
        return Stream.of(node.command(program), arguments, List.of(more))
                .flatMap(List::stream)
                .toList();
    }
}
