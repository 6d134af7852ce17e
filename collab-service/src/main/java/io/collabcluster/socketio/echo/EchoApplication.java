package io.collabcluster.socketio.echo;

import com.fasterxml.jackson.databind.JsonNode;
import io.collabcluster.socketio.Acknowledgement;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Payload;
import io.collabcluster.socketio.Socket;
import io.collabcluster.socketio.SocketIoServer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The application that servers are checked and measured with.
 *
 * <p>On {@code /} and {@code /custom} a client is sent the auth object that it came with. On {@code /}, {@code message} comes
 * back as {@code message-back} with the same arguments, and {@code message-with-ack} is acknowledged with them.
 *
 * <p>On {@code /}, {@code join} with a room's name puts the socket into that room, and {@code publish} with a room's name
 * sends what follows it to every socket of the room, as {@code message}. Both are acknowledged with nothing, or with
 * <code>{"ok": false, "error": {"code", "message"}}</code>.
 */
public final class EchoApplication {

    private EchoApplication() {}

    public static void install(SocketIoServer server) {
        server.of("/").onConnection(socket -> {
            tellAuth(socket);
            socket.on("message", (arguments, ack) -> socket.emit("message-back", arguments.elements()));
            socket.on("message-with-ack", (arguments, ack) -> ack.send(arguments.elements()));
            socket.on("join", (arguments, ack) -> join(socket, arguments, ack));
            socket.on("publish", (arguments, ack) -> publish(socket, arguments, ack));
        });
        server.of("/custom").onConnection(EchoApplication::tellAuth);
    }

    private static void tellAuth(Socket socket) {
        socket.emit("auth", socket.handshake().auth());
    }

    private static void join(Socket socket, Payload arguments, Acknowledgement ack) {
        room(arguments, ack).ifPresent(room -> socket.join(room).whenComplete((done, refused) -> {
            if (refused == null) {
                ack.send();
            } else {
                refuse(ack, "limit", refused.getMessage());
            }
        }));
    }

    private static void publish(Socket socket, Payload arguments, Acknowledgement ack) {
        room(arguments, ack).ifPresent(room -> {
            Object[] elements = arguments.elements();
            socket.namespace().to(room).emit("message", Arrays.copyOfRange(elements, 1, elements.length));
            ack.send();
        });
    }

    private static Optional<String> room(Payload arguments, Acknowledgement ack) {
        Optional<String> room =
                arguments.find(0).map(Json::tree).filter(JsonNode::isTextual).map(JsonNode::textValue);
        if (room.isEmpty()) {
            refuse(ack, "invalid", "the first argument must be a room's name, a string");
        }
        return room;
    }

    private static void refuse(Acknowledgement ack, String code, String message) {
        ack.send(Map.of("ok", false, "error", Map.of("code", code, "message", message)));
    }
}
