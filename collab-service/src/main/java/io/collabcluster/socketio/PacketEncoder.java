package io.collabcluster.socketio;

import io.collabcluster.engineio.OutboundMessage;

/** Writes packets: {@code <type>[<attachments>-][<namespace>,][<id>][payload]}. */
final class PacketEncoder {

    private PacketEncoder() {}

    static OutboundMessage encode(Packet packet) {
        return switch (packet) {
            case Packet.Event(var namespace, var id, var name, var arguments) -> {
                var text = head('2', '5', namespace, arguments);
                id.ifPresent(text::append);
                text.append('[').append(JsonText.quote(name));
                if (arguments.size() > 0) {
                    text.append(',');
                }
                arguments.appendTo(text);
                yield OutboundMessage.of(text.append(']').toString(), arguments.attachments());
            }
            case Packet.Ack(var namespace, var id, var arguments) -> {
                var text = head('3', '6', namespace, arguments).append(id).append('[');
                arguments.appendTo(text);
                yield OutboundMessage.of(text.append(']').toString(), arguments.attachments());
            }
            case Packet.Connect(var namespace, var data) ->
                plain('0', namespace, data.map(Json::text).orElse(""));
            case Packet.Disconnect(var namespace) -> plain('1', namespace, "");
            case Packet.ConnectError(var namespace, var data) -> plain('4', namespace, data.text());
        };
    }

    private static OutboundMessage plain(char type, String namespace, String payload) {
        return OutboundMessage.text(
                head(type, type, namespace, Payload.EMPTY).append(payload).toString());
    }

    private static StringBuilder head(char plain, char binary, String namespace, Payload payload) {
        var text = new StringBuilder(64);
        int attachments = payload.attachments().size();
        if (attachments == 0) {
            text.append(plain);
        } else {
            text.append(binary).append(attachments).append('-');
        }
        if (!namespace.equals("/")) {
            text.append(namespace).append(',');
        }
        return text;
    }
}
