package io.collabcluster.socketio;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Whom a broadcast is for. Immutable: each step answers a new one. */
public final class BroadcastOperator {

    private final Namespace namespace;
    private final BroadcastOptions options;

    BroadcastOperator(Namespace namespace, BroadcastOptions options) {
        this.namespace = namespace;
        this.options = options;
    }

    /** The sockets of these rooms too; a socket that is in several gets an event once. */
    public BroadcastOperator to(String... rooms) {
        return new BroadcastOperator(namespace, options.to(rooms));
    }

    public BroadcastOperator except(String... rooms) {
        return new BroadcastOperator(namespace, options.except(rooms));
    }

    /** The sockets of this node only. */
    public BroadcastOperator local() {
        return new BroadcastOperator(namespace, options.onlyLocal());
    }

    /** @throws IllegalArgumentException when the event's name is reserved, or an argument can't be written as JSON */
    public void emit(String event, Object... args) {
        namespace.adapter().broadcast(namespace.event(event, args), options);
    }

    /** As {@link #emit}, but a client that is busy does not get it. */
    public void volatileEmit(String event, Object... args) {
        namespace.adapter().broadcast(namespace.event(event, args), options.volatileOnes());
    }

    /** @return what every client acknowledged with; fails with {@link BroadcastAckTimeout} */
    public CompletionStage<List<Payload>> emitWithAck(Duration timeout, String event, Object... args) {
        Packet.Event packet = namespace.event(event, args);
        var collected = new BroadcastResponses(timeout);
        namespace.adapter().broadcastWithAck(packet, options, timeout, collected);
        return collected.result();
    }

    public CompletionStage<Answers<RemoteSocket>> fetchSockets() {
        return namespace.adapter().fetchSockets(options);
    }

    public void socketsJoin(String... rooms) {
        namespace.adapter().socketsJoin(options, Set.of(rooms));
    }

    public void socketsLeave(String... rooms) {
        namespace.adapter().socketsLeave(options, Set.of(rooms));
    }

    /** @param closeSessions end the clients' sessions, with their sockets of other namespaces */
    public void disconnectSockets(boolean closeSessions) {
        namespace.adapter().disconnectSockets(options, closeSessions);
    }
}
