package io.collabcluster.cluster.adapter;

import io.collabcluster.cluster.redis.Bus;
import io.collabcluster.socketio.Adapter;
import io.collabcluster.socketio.Answers;
import io.collabcluster.socketio.BroadcastOptions;
import io.collabcluster.socketio.LocalAdapter;
import io.collabcluster.socketio.Namespace;
import io.collabcluster.socketio.Packet;
import io.collabcluster.socketio.Payload;
import io.collabcluster.socketio.RecoverableSession;
import io.collabcluster.socketio.RemoteSocket;
import io.collabcluster.socketio.RestoredSession;
import io.collabcluster.socketio.Socket;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One namespace among the nodes. This node's own sockets get everything at once from a {@link LocalAdapter}, whether
 * Redis is there or not, and the others' through it.
 *
 * <p>Joins, leaves and disconnects too: a Node server waits until its own request comes back from Redis, so what it
 * emits next may come before. Here they are done when the method returns, and the request is passed over when it comes
 * back; for the other nodes there is no difference.
 */
final class RedisAdapter implements Adapter {

    /** For what has no time limit of its own. Node's {@code requestsTimeout}. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private final LocalAdapter local;
    private final Bus bus;
    private final Protocol protocol;
    private final Faults faults;
    private final Questions questions;
    private final RemoteCalls calls;
    private final RoomChannels rooms;
    private final LostSockets lost;
    private final RecentJoins joins = new RecentJoins();
    private final List<Bus.Subscription> subscriptions = new ArrayList<>();

    RedisAdapter(Namespace namespace, Bus bus, Protocol protocol, Membership membership, Faults faults, BusEras eras) {
        this.local = new LocalAdapter(namespace);
        this.bus = bus;
        this.protocol = protocol;
        this.faults = faults;
        questions = new Questions(bus, protocol.counted(), membership);
        calls = new RemoteCalls(namespace, local, membership, questions, this::answer);
        rooms = new RoomChannels(room -> protocol.room(room).map(this::hear));
        lost = new LostSockets(namespace.options().connectionStateRecovery(), local, rooms, eras);
        protocol.always().forEach(heard -> subscriptions.add(hear(heard)));
    }

    private Bus.Subscription hear(Protocol.Heard heard) {
        return bus.subscribe(heard.channel(), bytes -> received(heard, bytes));
    }

    /** Nothing that another process sends may disturb the bus. */
    private void received(Protocol.Heard heard, Buffer bytes) {
        try {
            heard.decoder().decode(bytes).ifPresent(calls::take);
        } catch (MalformedMessage e) {
            faults.dropped(heard.channel(), e.getMessage());
        } catch (RuntimeException e) {
            faults.dropped(heard.channel(), e.toString());
        }
    }

    private void answer(Message.Answer answer, String to) {
        publish(protocol.answer(answer, to));
    }

    private boolean publish(Protocol.Outgoing outgoing) {
        return bus.publish(outgoing.channel(), outgoing.bytes());
    }

    @Override
    public void emit(Socket socket, Packet.Event event) {
        local.emit(socket, event);
    }

    @Override
    public void broadcast(Packet.Event event, BroadcastOptions options) {
        everywhere(new Message.Broadcast(event, options), options, () -> local.broadcast(event, options));
    }

    /** What can't be written for the others is not done here either. */
    private void everywhere(Message message, BroadcastOptions options, Runnable here) {
        if (options.local()) {
            here.run();
            return;
        }
        var outgoing = protocol.encode(message, joins.contains(options.rooms()));
        here.run();
        publish(outgoing);
    }

    @Override
    public void socketsJoin(BroadcastOptions options, Set<String> joined) {
        if (!options.local()) {
            joins.add(joined);
        }
        everywhere(new Message.Join(options, joined), options, () -> local.socketsJoin(options, joined));
    }

    @Override
    public void socketsLeave(BroadcastOptions options, Set<String> left) {
        everywhere(new Message.Leave(options, left), options, () -> local.socketsLeave(options, left));
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean closeSessions) {
        everywhere(
                new Message.Disconnect(options, closeSessions),
                options,
                () -> local.disconnectSockets(options, closeSessions));
    }

    @Override
    public void broadcastWithAck(Packet.Event event, BroadcastOptions options, Duration timeout, Responses responses) {
        if (options.local()) {
            local.broadcastWithAck(event, options, timeout, responses);
            return;
        }
        String id = Uids.next();
        var outgoing = protocol.encode(new Message.BroadcastWithAck(id, event, options, timeout), true);
        var here = new CompletableFuture<Answers<Integer>>();
        local.broadcastWithAck(event, options, timeout, new Responses() {
            @Override
            public void clients(Answers<Integer> counts) {
                here.complete(counts);
            }

            @Override
            public void response(Payload payload) {
                responses.response(payload);
            }
        });
        questions
                .clients(id, timeout, responses::response, () -> publish(outgoing))
                .thenCombine(here, RedisAdapter::together)
                .thenAccept(responses::clients);
    }

    @Override
    public CompletionStage<Answers<RemoteSocket>> fetchSockets(BroadcastOptions options) {
        CompletionStage<Answers<RemoteSocket>> here = local.fetchSockets(options);
        if (options.local()) {
            return here;
        }
        String id = Uids.next();
        var outgoing = protocol.encode(new Message.FetchSockets(id, options), true);
        return questions
                .sockets(id, REQUEST_TIMEOUT, () -> publish(outgoing))
                .thenCombine(here, RedisAdapter::together);
    }

    private static <T> Answers<T> together(Answers<T> others, Answers<T> here) {
        var all = new ArrayList<>(here.all());
        all.addAll(others.all());
        return new Answers<>(all, others.missing(), others.missingNodes());
    }

    @Override
    public CompletionStage<Integer> serverCount() {
        return questions.serverCount();
    }

    @Override
    public void serverSideEmit(String event, Payload arguments) {
        publish(protocol.encode(new Message.ServerSideEmit(Optional.empty(), event, arguments), true));
    }

    @Override
    public CompletionStage<Answers<Payload>> serverSideEmitWithAck(Duration timeout, String event, Payload arguments) {
        String id = Uids.next();
        var outgoing = protocol.encode(new Message.ServerSideEmit(Optional.of(id), event, arguments), true);
        return questions.serverSide(id, timeout, () -> publish(outgoing));
    }

    @Override
    public void roomCreated(String room) {
        rooms.hold(room);
    }

    @Override
    public void roomDeleted(String room) {
        rooms.release(room);
    }

    @Override
    public void persist(Socket socket, RecoverableSession session) {
        lost.persist(socket, session);
    }

    @Override
    public CompletionStage<Optional<RestoredSession>> restore(String pid, String offset, EventLoop loop) {
        return lost.restore(pid, offset, loop);
    }

    @Override
    public void close() {
        subscriptions.forEach(Bus.Subscription::close);
        rooms.close();
    }
}
