package io.collabcluster.cluster.adapter;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the classic format, and what the emitters of other languages make of it. */
final class ClassicDecoder {

    private final String namespace;
    private final String uid;
    /** What a broadcast of this process begins with. */
    private final byte[] own;

    ClassicDecoder(String namespace, String uid) {
        this.namespace = namespace;
        this.uid = uid;
        byte[] ascii = uid.getBytes(StandardCharsets.US_ASCII);
        own = new byte[ascii.length + 2];
        own[0] = (byte) 0x93;
        own[1] = (byte) (0xa0 | ascii.length);
        System.arraycopy(ascii, 0, own, 2, ascii.length);
    }

    /** {@code [uid, packet, opts]}: anything else is refused, as it would end a Node server. */
    Optional<Protocol.Incoming> broadcast(Buffer bytes) {
        if (isOwn(bytes)) {
            return Optional.empty();
        }
        var broadcast = new Fields(namespace);
        var in = new MsgpackReader(bytes.getBytes());
        var at = new int[1];
        in.array(() -> {
            switch (at[0]++) {
                case 0 -> broadcast.uid = in.text();
                case 1 -> broadcast.packet(in);
                case 2 -> broadcast.options(in);
                default -> in.skip();
            }
        });
        in.end();
        if (at[0] < 3 || !broadcast.hasOptions) {
            throw new MalformedMessage("it must be an array of a uid, a packet and an object with options");
        }
        return broadcast(broadcast);
    }

    private boolean isOwn(Buffer bytes) {
        if (bytes.length() < own.length) {
            return false;
        }
        for (int i = 0; i < own.length; i++) {
            if (bytes.getByte(i) != own[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@code [packet, opts]}, of the emitters for servers before 1.0, in PHP and Go. */
    Optional<Protocol.Incoming> oldEmitter(Buffer bytes) {
        var broadcast = new Fields(namespace);
        var in = new MsgpackReader(bytes.getBytes());
        var at = new int[1];
        in.array(() -> {
            switch (at[0]++) {
                case 0 -> broadcast.packet(in);
                case 1 -> broadcast.options(in);
                default -> in.skip();
            }
        });
        in.end();
        if (at[0] == 0) {
            throw new MalformedMessage("it must be an array of a packet and an object with options");
        }
        return broadcast(broadcast);
    }

    private Optional<Protocol.Incoming> broadcast(Fields broadcast) {
        return broadcast.namespace.equals(namespace)
                ? Optional.of(new Protocol.Incoming(
                        broadcast.uid, new Message.Broadcast(broadcast.event(), broadcast.options())))
                : Optional.empty();
    }

    Optional<Protocol.Incoming> request(Buffer bytes) {
        WireReader in = reader(bytes);
        var request = new Fields(namespace);
        in.object(name -> request.classic(name, in));
        in.end();
        return request.uid.equals(uid)
                ? Optional.empty()
                : Optional.of(new Protocol.Incoming(request.uid, message(request)));
    }

    private static Message message(Fields request) {
        return switch (ClassicType.of(request.type)) {
            case SOCKETS -> new Message.FetchIds(request.id(), request.rooms);
            case ALL_ROOMS -> new Message.FetchRooms(request.id());
            case REMOTE_JOIN -> request.targeted(new Message.Join(request.options(), request.rooms));
            case REMOTE_LEAVE -> request.targeted(new Message.Leave(request.options(), request.rooms));
            case REMOTE_DISCONNECT -> request.targeted(new Message.Disconnect(request.options(), request.close));
            case REMOTE_FETCH -> new Message.FetchSockets(request.id(), request.options());
            case SERVER_SIDE_EMIT -> request.serverSideEmit();
            case BROADCAST ->
                new Message.BroadcastWithAck(request.id(), request.event(), request.options(), request.timeout());
            default -> throw new MalformedMessage("type " + request.type + " is no request");
        };
    }

    /** One for whatever was asked: only who asked knows which. */
    Optional<Protocol.Incoming> response(Buffer bytes) {
        WireReader in = reader(bytes);
        var response = new ResponseFields();
        in.object(name -> response.take(name, in));
        in.end();
        return response.answer().map(answer -> new Protocol.Incoming("", answer));
    }

    private static WireReader reader(Buffer bytes) {
        return bytes.length() > 0 && bytes.getByte(0) == '{'
                ? new JsonReader(bytes.toString(StandardCharsets.UTF_8))
                : new MsgpackReader(bytes.getBytes());
    }
}
