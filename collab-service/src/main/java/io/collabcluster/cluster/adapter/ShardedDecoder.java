package io.collabcluster.cluster.adapter;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads {@code {type, data, uid, nsp}}, in JSON or msgpack. */
final class ShardedDecoder {

    private final String namespace;
    private final String uid;
    /** What a message of this process ends with, in JSON. */
    private final byte[] own;

    ShardedDecoder(String namespace, String uid) {
        this.namespace = namespace;
        this.uid = uid;
        own = new JsonWriter()
                .object(2)
                .key("uid")
                .text(uid)
                .key("nsp")
                .text(namespace)
                .end()
                .finish()
                .getBytes();
        own[0] = ',';
    }

    /** The head of a message, with what its data was read as. */
    private static final class Head {
        private long type = -1;
        private String from = "";
        private String to = "/";
    }

    Optional<Protocol.Incoming> message(Buffer bytes) {
        if (isOwn(bytes)) {
            return Optional.empty();
        }
        var head = new Head();
        var fields = new Fields(namespace);
        read(bytes, head, (name, in) -> {
            fields.type = head.type;
            fields.sharded(name, in);
        });
        ShardedType type = ShardedType.of(head.type);
        if (!head.to.equals(namespace) || head.from.equals(uid)) {
            return Optional.empty();
        }
        return message(type, fields).map(message -> new Protocol.Incoming(head.from, message));
    }

    private static Optional<Message> message(ShardedType type, Fields fields) {
        return switch (type) {
            case BROADCAST ->
                Optional.of(
                        fields.hasId()
                                ? new Message.BroadcastWithAck(
                                        fields.id(), fields.event(), fields.options(), fields.timeout())
                                : new Message.Broadcast(fields.event(), fields.options()));
            case SOCKETS_JOIN -> Optional.of(fields.targeted(new Message.Join(fields.options(), fields.rooms)));
            case SOCKETS_LEAVE -> Optional.of(fields.targeted(new Message.Leave(fields.options(), fields.rooms)));
            case DISCONNECT_SOCKETS ->
                Optional.of(fields.targeted(new Message.Disconnect(fields.options(), fields.close)));
            case FETCH_SOCKETS -> Optional.of(new Message.FetchSockets(fields.id(), fields.options()));
            case SERVER_SIDE_EMIT -> Optional.of(fields.serverSideEmit());
            case INITIAL_HEARTBEAT, HEARTBEAT, ADAPTER_CLOSE -> Optional.empty();
            default -> throw new MalformedMessage(type + " is no request");
        };
    }

    Optional<Protocol.Incoming> response(Buffer bytes) {
        var head = new Head();
        var fields = new ResponseFields();
        read(bytes, head, fields::sharded);
        Message.Answer answer =
                switch (ShardedType.of(head.type)) {
                    case FETCH_SOCKETS_RESPONSE -> fields.found();
                    case SERVER_SIDE_EMIT_RESPONSE -> fields.serverSide();
                    case BROADCAST_CLIENT_COUNT -> fields.clients();
                    case BROADCAST_ACK -> fields.response();
                    default -> throw new MalformedMessage("type " + head.type + " is no response");
                };
        return Optional.of(new Protocol.Incoming(head.from, answer));
    }

    private interface DataField {
        void take(String name, WireReader in);
    }

    /** The type comes before the data in what Node writes, and has to. */
    private static void read(Buffer bytes, Head head, DataField data) {
        WireReader in = bytes.length() > 0 && bytes.getByte(0) == '{'
                ? new JsonReader(bytes.toString(StandardCharsets.UTF_8))
                : new MsgpackReader(bytes.getBytes());
        in.object(name -> {
            switch (name) {
                case "type" -> head.type = in.number();
                case "uid" -> head.from = in.text();
                case "nsp" -> head.to = in.text();
                case "data" -> in.object(field -> data.take(field, in));
                default -> in.skip();
            }
        });
        in.end();
    }

    private boolean isOwn(Buffer bytes) {
        int from = bytes.length() - own.length;
        if (from < 0) {
            return false;
        }
        for (int i = own.length - 1; i >= 0; i--) {
            if (bytes.getByte(from + i) != own[i]) {
                return false;
            }
        }
        return true;
    }
}
