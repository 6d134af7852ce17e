package io.collabcluster.socketio;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The seam between a namespace and the other nodes. Who is in which room of this node is the namespace's own matter; an
 * adapter carries what concerns many sockets to wherever they are. One that joins nodes does its part and hands the
 * local part to a {@link LocalAdapter}. All methods may be called on any thread, unless they say otherwise.
 */
public interface Adapter {

    /** Sends an event to one socket of this node. Called on the socket's loop. */
    default void emit(Socket socket, Packet.Event event) {
        socket.output().send(event, false);
    }

    /** @param event without an id for acknowledgement */
    void broadcast(Packet.Event event, BroadcastOptions options);

    void broadcastWithAck(Packet.Event event, BroadcastOptions options, Duration timeout, Responses responses);

    /** Takes what comes back from a broadcast with acknowledgement; on any thread, in any order. */
    interface Responses {

        /**
         * Called once: how many clients each node sent the event to, when all have said it, or when those that have not
         * are waited for no longer.
         */
        void clients(Answers<Integer> counts);

        void response(Payload payload);
    }

    CompletionStage<Answers<RemoteSocket>> fetchSockets(BroadcastOptions options);

    void socketsJoin(BroadcastOptions options, Set<String> rooms);

    void socketsLeave(BroadcastOptions options, Set<String> rooms);

    void disconnectSockets(BroadcastOptions options, boolean closeSessions);

    /** How many nodes there are, this one included. */
    default CompletionStage<Integer> serverCount() {
        return CompletableFuture.completedStage(1);
    }

    /** Emits to the other nodes' {@link Namespace#onServerSide} listeners. */
    default void serverSideEmit(String event, Payload arguments) {}

    /** One response of every other node. */
    default CompletionStage<Answers<Payload>> serverSideEmitWithAck(Duration timeout, String event, Payload arguments) {
        return CompletableFuture.completedStage(Answers.complete(List.of()));
    }

    /**
     * A room of this node is about to have its first member. Called in order for each room, with the room locked: must
     * not block or ask the namespace.
     */
    default void roomCreated(String room) {}

    /** The last member of a room of this node has left. Called as {@link #roomCreated} is. */
    default void roomDeleted(String room) {}

    /** Keeps what a lost socket needs to come back. Called on its loop, which it still is in the index of. */
    default void persist(Socket socket, RecoverableSession session) {}

    /**
     * Takes back what was kept, once.
     *
     * @param offset of the last event that the client got
     * @param loop the new socket's
     * @return empty when it is unknown, or too old
     */
    default CompletionStage<Optional<RestoredSession>> restore(String pid, String offset, EventLoop loop) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    default void close() {}
}
