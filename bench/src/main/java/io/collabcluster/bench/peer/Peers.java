package io.collabcluster.bench.peer;

import io.collabcluster.bench.peer.netty.BareServer;
import java.util.List;

/** The known peers. */
final class Peers {

    private Peers() {}

    static List<Peer> all() {
        var node = NodeInstallation.here();
        var socketIo = new NodePeer("node-socketio", "Node socket.io 4.8", true, "socketio.js", node);
        return List.of(
                socketIo,
                new RedisAdapterPeer("node-socketio-redis", "Node socket.io 4.8 ×3, Redis", 3, socketIo),
                new NodePeer("node-ws", "Node ws 8", false, "ws.js", node),
                new JvmPeer("netty-socketio", "netty-socketio 2.0", true, NettySocketIoServer.class),
                new JvmPeer("netty", "bare Netty, coalesced flush", false, BareServer.class),
                new CollabPeer("collab-jvm", "Collab, JVM", CollabServer.jvm()),
                new CollabPeer("collab-native", "Collab, native", CollabServer.executable()));
    }
}
