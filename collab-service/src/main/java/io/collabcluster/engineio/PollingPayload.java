package io.collabcluster.engineio;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The body of a polling request or answer: packets joined by the record separator 0x1e. */
final class PollingPayload {

    static final char SEPARATOR = '\u001e';

    private PollingPayload() {}

    /** All packets of a body, or none: a fault anywhere refuses the whole. */
    static List<Packet> decode(byte[] body) throws PacketException {
        String payload = utf8(body);
        List<Packet> packets = new ArrayList<>();
        int start = 0;
        while (true) {
            int end = payload.indexOf(SEPARATOR, start);
            String packet = end < 0 ? payload.substring(start) : payload.substring(start, end);
            try {
                packets.add(PacketCodec.decodePolling(packet));
            } catch (PacketException e) {
                throw new PacketException(
                        "packet " + packets.size() + " at character " + start + ": " + e.getMessage());
            }
            if (end < 0) {
                return packets;
            }
            start = end + 1;
        }
    }

    static Buffer encode(List<OutboundMessage> messages) {
        int size = messages.size() - 1;
        for (OutboundMessage message : messages) {
            size += message.payload().length;
        }
        Buffer body = Buffer.buffer(size);
        for (OutboundMessage message : messages) {
            if (body.length() > 0) {
                body.appendByte((byte) SEPARATOR);
            }
            body.appendBytes(message.payload());
        }
        return body;
    }

    private static String utf8(byte[] body) throws PacketException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PacketException("body is not UTF-8: " + e.getMessage());
        }
    }
}
