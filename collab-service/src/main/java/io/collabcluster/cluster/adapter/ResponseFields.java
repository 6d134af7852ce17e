package io.collabcluster.cluster.adapter;

import io.collabcluster.socketio.Payload;
import io.collabcluster.socketio.RemoteSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a response may have in it, while it is being read. */
final class ResponseFields {

    private static final Payload NOTHING = Payload.of((Object) null);

    private long type = -1;
    private String id = "";
    private Optional<String> node = Optional.empty();
    private Optional<List<RemoteSocket>> sockets = Optional.empty();
    private Payload payload = NOTHING;
    private long count;

    /** One of a classic response. */
    void take(String name, WireReader in) {
        switch (name) {
            case "type" -> type = in.number();
            case "data", "packet" -> payload = in.value();
            default -> shared(name, in);
        }
    }

    /** One of a sharded response's data. */
    void sharded(String name, WireReader in) {
        if (name.equals("packet")) {
            payload = in.value();
        } else {
            shared(name, in);
        }
    }

    private void shared(String name, WireReader in) {
        switch (name) {
            case "requestId" -> id = in.text();
            case "node" -> node = Optional.of(in.text());
            case "clientCount" -> count = in.number();
            case "sockets" -> {
                var all = new ArrayList<RemoteSocket>();
                in.array(() -> all.add(RemoteSockets.read(in)));
                sockets = Optional.of(all);
            }
            default -> in.skip();
        }
    }

    /** Empty for an answer to what this software never asks. */
    Optional<Message.Answer> answer() {
        if (id.isEmpty()) {
            throw new MalformedMessage("a response must have a requestId");
        }
        if (type < 0) {
            return sockets.map(found -> new Message.Sockets(id, node, found));
        }
        return switch (ClassicType.of(type)) {
            case SERVER_SIDE_EMIT -> Optional.of(serverSide());
            case BROADCAST_CLIENT_COUNT -> Optional.of(clients());
            case BROADCAST_ACK -> Optional.of(response());
            default -> Optional.empty();
        };
    }

    Message.Answer serverSide() {
        return new Message.ServerSideResponse(id, node, payload);
    }

    /** A count that no server can have is taken as none. */
    Message.Answer clients() {
        return new Message.Clients(id, node, Math.clamp(count, 0, Integer.MAX_VALUE));
    }

    Message.Answer response() {
        return new Message.ClientResponse(id, payload);
    }

    Message.Answer found() {
        return new Message.Sockets(id, node, sockets.orElse(List.of()));
    }
}
