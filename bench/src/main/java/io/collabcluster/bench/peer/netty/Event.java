package io.collabcluster.bench.peer.netty;

import java.util.Optional;

/** An event of a client, cut from its text. */
sealed interface Event {

    /** @param id of the acknowledgement */
    record Join(String id, String room) implements Event {}

    record Publish(String room, String json) implements Event {}

    record Echo(String id, String json) implements Event {}

    String JOIN = "[\"join\",\"";
    String PUBLISH = "[\"publish\",\"";
    String ECHO = "[\"message-with-ack\",";

    /** @param packet begins with 42 */
    static Optional<Event> parse(String packet) {
        int list = packet.indexOf('[');
        int end = packet.length() - 1;
        if (list < 0 || packet.charAt(end) != ']') {
            return Optional.empty();
        }
        String id = packet.substring(2, list);
        if (packet.startsWith(PUBLISH, list)) {
            int room = list + PUBLISH.length();
            int roomEnd = packet.indexOf("\",", room);
            return roomEnd < 0
                    ? Optional.empty()
                    : Optional.of(new Publish(packet.substring(room, roomEnd), packet.substring(roomEnd + 2, end)));
        }
        if (packet.startsWith(ECHO, list)) {
            return Optional.of(new Echo(id, packet.substring(list + ECHO.length(), end)));
        }
        int room = list + JOIN.length();
        return packet.startsWith(JOIN, list) && room < end
                ? Optional.of(new Join(id, packet.substring(room, end - 1)))
                : Optional.empty();
    }
}
