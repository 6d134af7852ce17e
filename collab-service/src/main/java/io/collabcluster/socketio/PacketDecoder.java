package io.collabcluster.socketio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the packets of one session. An event's attachments follow its text with nothing in between. */
final class PacketDecoder {

    /** Events that the libraries emit locally: nobody may send them. */
    static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    /** Most bytes of one packet with its attachments; a single message is bounded by maxHttpBufferSize already. */
    static final int MAX_BYTES = 16 << 20;

    private final int maxAttachments;
    private Waiting waiting;

    PacketDecoder(int maxAttachments) {
        this.maxAttachments = maxAttachments;
    }

    /** A packet whose attachments have not all come. */
    private static final class Waiting {
        final int expected;
        final List<byte[]> attachments = new ArrayList<>();
        Function<Payload, Packet> packet;
        List<Payload.Element> elements;
        long bytes;

        Waiting(int expected) {
            this.expected = expected;
        }

        Packet complete() {
            return packet.apply(new Payload(elements, attachments));
        }
    }

    /** @return empty when attachments must follow */
    Optional<Packet> text(String message) {
        if (waiting != null) {
            throw new PacketException("text came where an attachment was due");
        }
        var head = PacketHead.of(message, maxAttachments);
        return switch (head.type()) {
            case '0' ->
                Optional.of(new Packet.Connect(
                        head.namespace(),
                        head.hasPayload() ? Optional.of(PayloadReader.object(head.payload())) : Optional.empty()));
            case '1' -> {
                if (head.hasPayload()) {
                    throw new PacketException("DISCONNECT has no payload");
                }
                yield Optional.of(new Packet.Disconnect(head.namespace()));
            }
            case '4' -> Optional.of(new Packet.ConnectError(head.namespace(), PayloadReader.value(head.payload())));
            default -> arguments(head, message.length());
        };
    }

    /** @return empty when more attachments must follow */
    Optional<Packet> binary(byte[] attachment) {
        if (waiting == null) {
            throw new PacketException("an attachment came that no packet announced");
        }
        waiting.bytes += attachment.length;
        if (waiting.bytes > MAX_BYTES) {
            throw new PacketException("the packet and its attachments are larger than " + MAX_BYTES + " bytes");
        }
        waiting.attachments.add(attachment);
        return finished();
    }

    private Optional<Packet> arguments(PacketHead head, int bytes) {
        var next = new Waiting(head.attachments());
        next.bytes = bytes;
        if (head.type() == '2' || head.type() == '5') {
            var event = PayloadReader.event(head.payload(), next.expected, next.attachments);
            if (RESERVED.contains(event.name())) {
                throw new PacketException("\"" + event.name() + "\" is a reserved event name");
            }
            next.elements = event.arguments();
            next.packet = payload -> new Packet.Event(head.namespace(), head.id(), event.name(), payload);
        } else {
            long id = head.id().orElseThrow(() -> new PacketException("an acknowledgement must have an id"));
            next.elements = PayloadReader.arguments(head.payload(), next.expected, next.attachments);
            next.packet = payload -> new Packet.Ack(head.namespace(), id, payload);
        }
        waiting = next;
        return finished();
    }

    private Optional<Packet> finished() {
        if (waiting.attachments.size() < waiting.expected) {
            return Optional.empty();
        }
        Packet packet = waiting.complete();
        waiting = null;
        return Optional.of(packet);
    }
}
