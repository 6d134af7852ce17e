package io.collabcluster.socketio.echo;

import io.collabcluster.socketio.Socket;
import io.collabcluster.socketio.SocketIoServer;

/**
 * On {@code /} and {@code /custom} a client is sent the auth object that it came with. On {@code /}, {@code message} comes
 * back as {@code message-back} with the same arguments, and {@code message-with-ack} is acknowledged with them.
 */
public final class EchoApplication {

    private EchoApplication() {}

    public static void install(SocketIoServer server) {
        server.of("/").onConnection(socket -> {
            tellAuth(socket);
            socket.on("message", (arguments, ack) -> socket.emit("message-back", arguments.elements()));
            socket.on("message-with-ack", (arguments, ack) -> ack.send(arguments.elements()));
        });
        server.of("/custom").onConnection(EchoApplication::tellAuth);
    }

    private static void tellAuth(Socket socket) {
        socket.emit("auth", socket.handshake().auth());
    }
}
