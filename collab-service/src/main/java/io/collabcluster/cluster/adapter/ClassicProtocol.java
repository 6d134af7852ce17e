package io.collabcluster.cluster.adapter;

import io.collabcluster.cluster.redis.Names;
import io.collabcluster.socketio.BroadcastOptions;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code createAdapter} of {@code @socket.io/redis-adapter} 8.3.0: broadcasts in msgpack on a channel of the namespace or
 * of a room, requests and responses on channels beside them. Responses go to the requester's own channel, which Node
 * servers hear since version 7.1 of the adapter, so that they cost the other nodes nothing.
 */
final class ClassicProtocol implements Protocol {

    private static final int EVENT = 2;

    private final String namespace;
    private final String uid;
    private final String broadcasts;
    private final String requests;
    private final String responses;
    private final String emitters;
    private final ClassicDecoder decoder;

    /** @param uid 6 characters, unique among all nodes */
    ClassicProtocol(String namespace, Names names, String uid) {
        this.namespace = namespace;
        this.uid = uid;
        broadcasts = names.key() + '#' + namespace + '#';
        requests = names.key() + "-request#" + namespace + '#';
        responses = names.key() + "-response#" + namespace + '#';
        emitters = names.key() + "#emitter";
        decoder = new ClassicDecoder(namespace, uid);
    }

    @Override
    public List<Heard> always() {
        return List.of(
                new Heard(broadcasts, decoder::broadcast),
                new Heard(requests, decoder::request),
                new Heard(responses, decoder::response),
                new Heard(responses + uid + '#', decoder::response),
                new Heard(emitters, decoder::oldEmitter));
    }

    @Override
    public Optional<Heard> room(String room) {
        return Optional.of(new Heard(broadcasts + room + '#', decoder::broadcast));
    }

    @Override
    public String counted() {
        return requests;
    }

    @Override
    public Outgoing encode(Message message, boolean everywhere) {
        return switch (message) {
            case Message.Broadcast(var event, var options) -> {
                var out = new MsgpackWriter();
                out.array(3).text(uid);
                out.object(3).key("type").number(EVENT).key("data").event(event);
                out.key("nsp").text(namespace).end();
                out.object(3);
                target(out, options);
                out.key("flags").object(options.isVolatile() ? 1 : 0);
                if (options.isVolatile()) {
                    out.key("volatile").truth(true);
                }
                Set<String> rooms = options.rooms();
                String channel = rooms.size() == 1 && !everywhere
                        ? broadcasts + rooms.iterator().next() + '#'
                        : broadcasts;
                yield new Outgoing(channel, out.finish());
            }
            case Message.BroadcastWithAck(var request, var event, var options, var timeout) -> {
                var out = new MsgpackWriter();
                out.object(5).key("uid").text(uid).key("requestId").text(request);
                out.key("type").number(ClassicType.BROADCAST.ordinal());
                out.key("packet")
                        .object(3)
                        .key("type")
                        .number(EVENT)
                        .key("data")
                        .event(event);
                out.key("nsp").text(namespace).end();
                out.key("opts").object(3);
                target(out, options);
                out.key("flags").object(1).key("timeout").number(timeout.toMillis());
                yield new Outgoing(requests, out.finish());
            }
            default -> new Outgoing(requests, request(message));
        };
    }

    private Buffer request(Message message) {
        var out = new JsonWriter();
        out.object(0).key("uid").text(uid);
        switch (message) {
            case Message.Join(var options, var rooms) ->
                options(type(out, ClassicType.REMOTE_JOIN), options)
                        .key("rooms")
                        .names(rooms);
            case Message.Leave(var options, var rooms) ->
                options(type(out, ClassicType.REMOTE_LEAVE), options)
                        .key("rooms")
                        .names(rooms);
            case Message.Disconnect(var options, var close) ->
                options(type(out, ClassicType.REMOTE_DISCONNECT), options)
                        .key("close")
                        .truth(close);
            case Message.FetchSockets(var request, var options) ->
                options(type(out.key("requestId").text(request), ClassicType.REMOTE_FETCH), options);
            case Message.ServerSideEmit(var request, var event, var arguments) -> {
                request.ifPresent(id -> out.key("requestId").text(id));
                type(out, ClassicType.SERVER_SIDE_EMIT).key("data").event(event, arguments);
            }
            default -> throw new IllegalArgumentException("no request is made of " + message);
        }
        return out.end().finish();
    }

    private static WireWriter type(WireWriter out, ClassicType type) {
        return out.key("type").number(type.ordinal());
    }

    private static WireWriter options(WireWriter out, BroadcastOptions options) {
        out.key("opts").object(2);
        target(out, options);
        return out.end();
    }

    private static void target(WireWriter out, BroadcastOptions options) {
        out.key("rooms").names(options.rooms()).key("except").names(options.except());
    }

    @Override
    public Outgoing answer(Message.Answer answer, String to) {
        return new Outgoing(to.isEmpty() ? responses : responses + to + '#', ClassicAnswers.encode(answer));
    }
}
