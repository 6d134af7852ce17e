package io.collabcluster.bench.peer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Our server with its echo application, which needs no Postgres. */
record CollabPeer(String id, String name, CollabServer server) implements Peer {

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
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.putObject("diagnostics").put("echo", true);
        // Every client comes from one address; the other servers have no such limits.
        config.putObject("limits").put("connectionsPerAddress", UNLIMITED).put("handshakesPerSecond", UNLIMITED);
        config.putObject("socketio").put("pingInterval", options.pingInterval().toMillis());
        // Nobody is waited for at the end.
        config.putObject("drain").put("window", 0);
        return server.start(name, config, options.port());
    }
}
