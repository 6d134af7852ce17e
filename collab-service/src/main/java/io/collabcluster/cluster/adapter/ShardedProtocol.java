package io.collabcluster.cluster.adapter;

import io.collabcluster.cluster.redis.Names;
import io.collabcluster.socketio.BroadcastOptions;
import io.collabcluster.socketio.Packet;
import io.collabcluster.socketio.Payload;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * {@code createShardedAdapter} of {@code @socket.io/redis-adapter} 8.3.0, with its default subscription mode, dynamic:
 * what a room gets goes to a channel of its own, unless it looks like the room of a single socket. JSON, or msgpack
 * where there is binary.
 */
final class ShardedProtocol implements Protocol {

    /** A room with a name of this length is taken for a socket's own: by everybody, so it has to be here too. */
    private static final int SOCKET_ID_LENGTH = 20;

    private static final int EVENT = 2;

    private final String namespace;
    private final String uid;
    private final String channel;
    private final ShardedDecoder decoder;

    /** @param uid 16 characters, unique among all nodes */
    ShardedProtocol(String namespace, Names names, String uid) {
        this.namespace = namespace;
        this.uid = uid;
        channel = names.key() + '#' + namespace + '#';
        decoder = new ShardedDecoder(namespace, uid);
    }

    @Override
    public List<Heard> always() {
        return List.of(new Heard(channel, decoder::message), new Heard(channel + uid + '#', decoder::response));
    }

    @Override
    public Optional<Heard> room(String room) {
        return looksLikeASocketId(room)
                ? Optional.empty()
                : Optional.of(new Heard(channel + room + '#', decoder::message));
    }

    private static boolean looksLikeASocketId(String room) {
        return room.length() == SOCKET_ID_LENGTH;
    }

    @Override
    public String counted() {
        return channel;
    }

    @Override
    public Outgoing encode(Message message, boolean everywhere) {
        return new Outgoing(everywhere ? channel : channelOf(message), bytes(message));
    }

    private String channelOf(Message message) {
        if (message instanceof Message.Broadcast(var event, var options)
                && options.rooms().size() == 1) {
            String room = options.rooms().iterator().next();
            return looksLikeASocketId(room) ? channel : channel + room + '#';
        }
        return channel;
    }

    private Buffer bytes(Message message) {
        return switch (message) {
            case Message.Broadcast(var event, var options) -> {
                WireWriter out = begin(ShardedType.BROADCAST, event.arguments(), 2);
                yield finish(options(packet(out, event), options, 0));
            }
            case Message.BroadcastWithAck(var request, var event, var options, var timeout) -> {
                WireWriter out = begin(ShardedType.BROADCAST, event.arguments(), 3);
                packet(out, event).key("requestId").text(request);
                yield finish(options(out, options, timeout.toMillis()));
            }
            case Message.Join(var options, var rooms) ->
                finish(request(ShardedType.SOCKETS_JOIN, options).key("rooms").names(rooms));
            case Message.Leave(var options, var rooms) ->
                finish(request(ShardedType.SOCKETS_LEAVE, options).key("rooms").names(rooms));
            case Message.Disconnect(var options, var close) ->
                finish(request(ShardedType.DISCONNECT_SOCKETS, options)
                        .key("close")
                        .truth(close));
            case Message.FetchSockets(var request, var options) ->
                finish(request(ShardedType.FETCH_SOCKETS, options)
                        .key("requestId")
                        .text(request));
            case Message.ServerSideEmit(var request, var event, var arguments) -> {
                WireWriter out = begin(ShardedType.SERVER_SIDE_EMIT, arguments, request.isPresent() ? 2 : 1);
                request.ifPresent(id -> out.key("requestId").text(id));
                yield finish(out.key("packet").event(event, arguments));
            }
            default -> throw new IllegalArgumentException("nothing is made of " + message);
        };
    }

    private static WireWriter packet(WireWriter out, Packet.Event event) {
        return out.key("packet")
                .object(2)
                .key("type")
                .number(EVENT)
                .key("data")
                .event(event)
                .end();
    }

    private static WireWriter request(ShardedType type, BroadcastOptions options) {
        return options(begin(type, Payload.EMPTY, 2), options, 0);
    }

    /** @param timeout in milliseconds; 0: none */
    private static WireWriter options(WireWriter out, BroadcastOptions options, long timeout) {
        out.key("opts").object(3);
        out.key("rooms").names(options.rooms()).key("except").names(options.except());
        out.key("flags").object((options.isVolatile() ? 1 : 0) + (timeout > 0 ? 1 : 0));
        if (options.isVolatile()) {
            out.key("volatile").truth(true);
        }
        if (timeout > 0) {
            out.key("timeout").number(timeout);
        }
        return out.end().end();
    }

    /** A message, open for what is in its data. */
    static WireWriter begin(ShardedType type, Payload content, int fields) {
        WireWriter out = content.attachments().isEmpty() ? new JsonWriter() : new MsgpackWriter();
        return out.object(4).key("type").number(type.number()).key("data").object(fields);
    }

    private Buffer finish(WireWriter out) {
        return out.end().key("uid").text(uid).key("nsp").text(namespace).end().finish();
    }

    @Override
    public Outgoing answer(Message.Answer answer, String to) {
        return new Outgoing(channel + to + '#', finish(ShardedAnswers.data(answer)));
    }
}
