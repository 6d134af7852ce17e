package io.collabcluster.cluster.adapter;

import io.collabcluster.engineio.Handshake;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.RemoteSocket;
import io.collabcluster.socketio.SocketHandshake;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A socket as the nodes describe it to one another: {@code {id, handshake, rooms, data}}, in every format. */
final class RemoteSockets {

    /** As {@code Date.prototype.toString} has it. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEE MMM dd yyyy HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private String id = "";
    private Set<String> rooms = Set.of();
    private Json data = Json.EMPTY_OBJECT;
    private Json auth = Json.EMPTY_OBJECT;
    private String url = "/";
    private String address = "";
    private boolean secure;
    private long issued;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private RemoteSockets() {}

    static RemoteSocket read(WireReader in) {
        var socket = new RemoteSockets();
        in.object(name -> {
            switch (name) {
                case "id" -> socket.id = in.text();
                case "handshake" -> in.object(part -> socket.handshake(part, in));
                case "rooms" -> socket.rooms = in.names();
                case "data" -> socket.data = in.value().json(0);
                default -> in.skip();
            }
        });
        if (socket.id.isEmpty()) {
            throw new MalformedMessage("a socket must have an id");
        }
        var request = new Handshake(
                socket.url,
                socket.headers.entrySet(),
                socket.address,
                socket.secure,
                Instant.ofEpochMilli(socket.issued));
        return new RemoteSocket(socket.id, new SocketHandshake(request, socket.auth), socket.rooms, socket.data);
    }

    private void handshake(String name, WireReader in) {
        switch (name) {
            case "headers" -> in.object(header -> headers.put(header, String.join(", ", in.names())));
            case "address" -> address = in.text();
            case "secure" -> secure = in.truth();
            case "issued" -> issued = in.number();
            case "url" -> url = in.text();
            case "auth" -> auth = in.value().json(0);
            default -> in.skip();
        }
    }

    static void write(RemoteSocket socket, WireWriter out) {
        Handshake request = socket.handshake().request();
        Map<String, String> headers = request.headers();
        out.object(4).key("id").text(socket.id());
        out.key("handshake").object(9).key("headers").object(headers.size());
        headers.forEach((name, value) -> out.key(name).text(value));
        out.end();
        out.key("time").text(TIME.format(request.time()));
        out.key("address").text(request.address());
        out.key("xdomain").truth(headers.containsKey("origin"));
        out.key("secure").truth(request.secure());
        out.key("issued").number(request.time().toEpochMilli());
        out.key("url").text(request.url()).key("query");
        query(request.query(), out);
        out.key("auth").json(socket.handshake().auth()).end();
        out.key("rooms").names(socket.rooms());
        out.key("data").json(socket.data()).end();
    }

    private static void query(Map<String, List<String>> query, WireWriter out) {
        out.object(query.size());
        query.forEach((name, values) -> {
            out.key(name);
            if (values.size() == 1) {
                out.text(values.getFirst());
            } else {
                out.names(values);
            }
        });
        out.end();
    }
}
