package io.collabcluster.bench.peer;

import io.collabcluster.bench.peer.netty.BareServer;
import java.util.List;

/** The known peers. */
final class Peers {

    private static final int NODES = 3;

    private Peers() {}

    static List<Peer> all() {
        var node = NodeInstallation.here();
        var socketIo = new NodePeer("node-socketio", "Node socket.io 4.8", true, "socketio.js", node);
        return List.of(
                socketIo,
                new ClusterPeer("node-socketio-redis", "Node socket.io 4.8 ×3, Redis", NODES, socketIo),
                new NodePeer("node-ws", "Node ws 8", false, "ws.js", node),
                new JvmPeer("netty-socketio", "netty-socketio 2.0", true, NettySocketIoServer.class),
                new JvmPeer("netty", "bare Netty, coalesced flush", false, BareServer.class),
                jvm(),
                executable());
    }

    static List<Peer> clusters() {
        return List.of(
                new ClusterPeer("collab-jvm-redis", "Collab, JVM ×3, Redis", NODES, jvm()),
                new ClusterPeer("collab-native-redis", "Collab, native ×3, Redis", NODES, executable()));
    }

    private static CollabPeer jvm() {
        return new CollabPeer("collab-jvm", "Collab, JVM", CollabServer.jvm());
    }

    private static CollabPeer executable() {
        return new CollabPeer("collab-native", "Collab, native", CollabServer.executable());
    }
}
