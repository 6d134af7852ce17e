package io.collabcluster.cluster.adapter;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Responses of the classic format: JSON, but for those that may have binary in them. */
final class ClassicAnswers {

    private ClassicAnswers() {}

    static Buffer encode(Message.Answer answer) {
        if (answer instanceof Message.ClientResponse(var request, var payload)) {
            return new MsgpackWriter()
                    .object(3)
                    .key("type")
                    .number(ClassicType.BROADCAST_ACK.ordinal())
                    .key("requestId")
                    .text(request)
                    .key("packet")
                    .response(payload)
                    .finish();
        }
        WireWriter out = new JsonWriter().object(0);
        switch (answer) {
            case Message.Sockets(var request, var node, var sockets) -> {
                out.key("requestId").text(request).key("sockets").array(sockets.size());
                sockets.forEach(socket -> RemoteSockets.write(socket, out));
                out.end();
                signed(out, node);
            }
            case Message.SocketIds(var request, var ids) ->
                out.key("requestId").text(request).key("sockets").names(ids);
            case Message.RoomNames(var request, var rooms) ->
                out.key("requestId").text(request).key("rooms").names(rooms);
            case Message.Done(var request) -> out.key("requestId").text(request);
            case Message.Clients(var request, var node, var count) -> {
                typed(out, ClassicType.BROADCAST_CLIENT_COUNT, request)
                        .key("clientCount")
                        .number(count);
                signed(out, node);
            }
            case Message.ServerSideResponse(var request, var node, var payload) -> {
                typed(out, ClassicType.SERVER_SIDE_EMIT, request).key("data").response(payload);
                signed(out, node);
            }
            case Message.ClientResponse binary -> throw new IllegalArgumentException("no JSON is made of " + binary);
        }
        return out.end().finish();
    }

    private static WireWriter typed(WireWriter out, ClassicType type, String request) {
        return out.key("type").number(type.ordinal()).key("requestId").text(request);
    }

    /** A key of our own, which others ignore. */
    private static void signed(WireWriter out, Optional<String> node) {
        node.ifPresent(name -> out.key("node").text(name));
    }
}
