package io.collabcluster.socketio;

import java.util.Set;

/**
 * A socket anywhere in the cluster, as it was when it was asked for. To act on it, broadcast to the room of its id.
 *
 * @param data what a Node server keeps with the socket; {@code {}} for this server's sockets, whose {@link Socket#put}
 *     stays on their node
 */
public record RemoteSocket(String id, SocketHandshake handshake, Set<String> rooms, Json data) {}
