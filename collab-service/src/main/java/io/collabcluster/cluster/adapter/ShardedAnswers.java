package io.collabcluster.cluster.adapter;

import io.collabcluster.socketio.Payload;
import java.util.Optional;

/** Responses of the sharded format, open for what every message ends with. */
final class ShardedAnswers {

    private ShardedAnswers() {}

    static WireWriter data(Message.Answer answer) {
        return switch (answer) {
            case Message.Sockets(var request, var node, var sockets) -> {
                WireWriter out = ShardedProtocol.begin(ShardedType.FETCH_SOCKETS_RESPONSE, Payload.EMPTY, 2);
                out.key("requestId").text(request).key("sockets").array(sockets.size());
                sockets.forEach(socket -> RemoteSockets.write(socket, out));
                yield signed(out.end(), node);
            }
            case Message.ServerSideResponse(var request, var node, var payload) -> {
                WireWriter out =
                        ShardedProtocol.begin(ShardedType.SERVER_SIDE_EMIT_RESPONSE, payload, node.isPresent() ? 3 : 2);
                yield signed(out.key("requestId").text(request).key("packet").response(payload), node);
            }
            case Message.Clients(var request, var node, var count) -> {
                WireWriter out = ShardedProtocol.begin(ShardedType.BROADCAST_CLIENT_COUNT, Payload.EMPTY, 2);
                yield signed(
                        out.key("requestId").text(request).key("clientCount").number(count), node);
            }
            case Message.ClientResponse(var request, var payload) -> {
                WireWriter out = ShardedProtocol.begin(ShardedType.BROADCAST_ACK, payload, 2);
                yield out.key("requestId").text(request).key("packet").response(payload);
            }
            default -> throw new IllegalArgumentException("nobody asks for " + answer);
        };
    }

    private static WireWriter signed(WireWriter out, Optional<String> node) {
        node.ifPresent(name -> out.key("node").text(name));
        return out;
    }
}
