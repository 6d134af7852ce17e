package io.collabcluster.cluster.adapter;

import io.collabcluster.socketio.BroadcastOptions;
import io.collabcluster.socketio.Packet;
import io.collabcluster.socketio.Payload;
import io.collabcluster.socketio.RemoteSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the nodes of a namespace say to one another, whatever the format. */
sealed interface Message {

    record Broadcast(Packet.Event event, BroadcastOptions options) implements Message {}

    record BroadcastWithAck(String request, Packet.Event event, BroadcastOptions options, Duration timeout)
            implements Message {}

    record Join(BroadcastOptions options, Set<String> rooms) implements Message {}

    record Leave(BroadcastOptions options, Set<String> rooms) implements Message {}

    record Disconnect(BroadcastOptions options, boolean closeSessions) implements Message {}

    /** The older form of the three above: whoever has the socket answers with {@link Done}. */
    record Confirmed(String request, String socket, Message action) implements Message {}

    record FetchSockets(String request, BroadcastOptions options) implements Message {}

    record FetchIds(String request, Set<String> rooms) implements Message {}

    record FetchRooms(String request) implements Message {}

    /** @param request empty: no answer is wanted */
    record ServerSideEmit(Optional<String> request, String event, Payload arguments) implements Message {}

    /** An answer. Those of our own nodes have the name of the node that gives it; Node takes no notice of it. */
    sealed interface Answer extends Message {
        String request();
    }

    record Sockets(String request, Optional<String> node, List<RemoteSocket> sockets) implements Answer {}

    record SocketIds(String request, Set<String> ids) implements Answer {}

    record RoomNames(String request, Set<String> rooms) implements Answer {}

    record Done(String request) implements Answer {}

    /** To how many clients a broadcast with acknowledgement was sent. */
    record Clients(String request, Optional<String> node, int count) implements Answer {}

    /** What one client acknowledged with. */
    record ClientResponse(String request, Payload payload) implements Answer {}

    record ServerSideResponse(String request, Optional<String> node, Payload payload) implements Answer {}
}
