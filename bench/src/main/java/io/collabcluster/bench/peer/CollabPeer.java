package io.collabcluster.bench.peer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Our server with its echo application, which needs no Postgres. */
record CollabPeer(String id, String name, CollabServer server) implements Peer, ClusterNode {

    private static final int UNLIMITED = 1_000_000;

    @Override
    public boolean polling() {
        return true;
    }

    @Override
    public Optional<String> absence() {
        return server.absence();
    }

    @Override
    public RunningPeer start(StartOptions options) {
        return server.start(name, config(options), options.port());
    }

    @Override
    public void start(PeerProcesses peer, StartOptions options, InetSocketAddress address, String redisUrl) {
        ObjectNode config = config(options).put("scaling", "horizontal").put("redisServerUrl", redisUrl);
        // The nodes are on one machine, so each takes a free port for the others.
        config.putObject("cluster").put("port", 0);
        server.start(peer, config, address);
    }

    private static ObjectNode config(StartOptions options) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.putObject("diagnostics").put("echo", true);
        // Every client comes from one address; the other servers have no such limits.
        config.putObject("limits").put("connectionsPerAddress", UNLIMITED).put("handshakesPerSecond", UNLIMITED);
        config.putObject("socketio").put("pingInterval", options.pingInterval().toMillis());
        // Nobody is waited for at the end.
        config.putObject("drain").put("window", 0);
        return config;
    }
}
