package io.collabcluster.socketio;

import io.collabcluster.engineio.OutboundMessage;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The sockets of this node. A broadcast is encoded once, and is one task on each event loop that has members. */
public final class LocalAdapter implements Adapter {

    private final Namespace namespace;
    private final Rooms rooms;
    private final Optional<LocalRecovery> recovery;

    public LocalAdapter(Namespace namespace) {
        this.namespace = namespace;
        this.rooms = namespace.rooms();
        this.recovery = namespace
                .options()
                .connectionStateRecovery()
                .map(on -> new LocalRecovery(rooms, on.maxDisconnectionDuration()));
    }

    @Override
    public void emit(Socket socket, Packet.Event event) {
        if (recovery.isEmpty() || !socket.connected()) {
            socket.output().send(event, false);
            return;
        }
        RoomIndex index = socket.memberships().index();
        var entry = recovery.get().entry(event, BroadcastOptions.ALL.to(socket.id()), List.of(index));
        recovery.get().log(index).add(entry);
        socket.output().send(entry.event(), false);
    }

    @Override
    public void broadcast(Packet.Event event, BroadcastOptions options) {
        if (recovery.isPresent() && !options.isVolatile()) {
            broadcastAndKeep(event, options, recovery.get());
            return;
        }
        List<RoomIndex> targets = rooms.holding(options.rooms());
        if (targets.isEmpty()) {
            return;
        }
        send(
                event,
                targets,
                (index, message) ->
                        index.select(options, socket -> socket.output().send(message, event, options.isVolatile())));
    }

    /** Every loop keeps it: a socket that was lost there may have been in the rooms. */
    private void broadcastAndKeep(Packet.Event event, BroadcastOptions options, LocalRecovery kept) {
        var entry = kept.entry(event, options, rooms.all());
        send(entry.event(), entry.targets(), (index, message) -> {
            kept.log(index).add(entry);
            index.select(options, socket -> socket.output().send(message, entry.event(), false));
        });
    }

    @Override
    public void broadcastWithAck(Packet.Event event, BroadcastOptions options, Duration timeout, Responses responses) {
        List<RoomIndex> targets = rooms.holding(options.rooms());
        if (targets.isEmpty()) {
            responses.clients(Answers.complete(List.of(0)));
            return;
        }
        Packet.Event numbered = event.acknowledgedBy(namespace.nextAcknowledgement());
        var clients = new AtomicInteger();
        var pending = new AtomicInteger(targets.size());
        send(numbered, targets, (index, message) -> {
            index.select(options, socket -> {
                clients.incrementAndGet();
                socket.output().sendWithAck(message, numbered, timeout).thenAccept(responses::response);
            });
            if (pending.decrementAndGet() == 0) {
                responses.clients(Answers.complete(List.of(clients.get())));
            }
        });
    }

    private interface Delivery {
        void on(RoomIndex index, OutboundMessage message);
    }

    private static void send(Packet.Event event, List<RoomIndex> targets, Delivery delivery) {
        OutboundMessage message = PacketEncoder.encode(event).asBroadcast();
        targets.forEach(target -> message.retain());
        Consumer<RoomIndex> task = index -> {
            try {
                delivery.on(index, message);
            } finally {
                message.release();
            }
        };
        FanOut.run(targets, task, message::release);
        message.release();
    }

    @Override
    public CompletionStage<Answers<RemoteSocket>> fetchSockets(BroadcastOptions options) {
        return FanOut.gather(
                        rooms.holding(options.rooms()),
                        options,
                        socket -> new RemoteSocket(socket.id(), socket.handshake(), socket.rooms(), Json.EMPTY_OBJECT))
                .thenApply(Answers::complete);
    }

    @Override
    public void socketsJoin(BroadcastOptions options, Set<String> joined) {
        List<RoomIndex> targets = rooms.holding(options.rooms());
        // Announced by this thread, as a single join is.
        targets.forEach(index -> joined.forEach(room -> rooms.announce(room, index)));
        FanOut.run(targets, index -> {
            index.select(options, socket -> joined.forEach(socket::join));
            joined.forEach(room -> rooms.retract(room, index));
        });
    }

    @Override
    public void socketsLeave(BroadcastOptions options, Set<String> left) {
        FanOut.run(
                rooms.holding(options.rooms()), index -> index.select(options, socket -> left.forEach(socket::leave)));
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean closeSessions) {
        FanOut.run(
                rooms.holding(options.rooms()),
                index -> index.select(options, socket -> socket.disconnect(closeSessions)));
    }

    @Override
    public void persist(Socket socket, RecoverableSession session) {
        recovery.ifPresent(kept -> kept.persist(socket.memberships().index(), session));
    }

    @Override
    public CompletionStage<Optional<RestoredSession>> restore(String pid, String offset, EventLoop loop) {
        return recovery.map(kept -> kept.restore(pid, offset, loop))
                .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
    }
}
