package io.collabcluster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Long> deliveries = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final WebSocketWire wire = new WebSocketWire(channel, "localhost:1");
    private final Client client = new Client(wire, channel.eventLoop(), new Behaviour() {
        @Override
        public void ready(Client ready) {
            events.add("ready");
            ready.join("lobby");
        }

        @Override
        public void delivered(Client to, long number, long latencyNanos) {
            deliveries.add(number);
        }

        @Override
        public void altered(Client to) {
            events.add("altered");
        }

        @Override
        public void acknowledged(Client to, long id, ByteBuf in, int from, int end, long now) {
            events.add(id + in.toString(from, end - from, StandardCharsets.US_ASCII));
        }

        @Override
        public void closed(Client gone) {
            events.add("closed");
        }
    });

    private void connect() {
        client.open();
        assertThat(sent()).startsWith("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n");
        arrive(Unpooled.copiedBuffer("HTTP/1.1 101 Switching Protocols\r\nx: y\r\n\r\n", StandardCharsets.US_ASCII));
    }

    /** What the client sent since, without the frames' headers. */
    private String sent() {
        var all = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            all.append(out.getUnsignedByte(0) == 0x81 ? unmasked(out) : out.toString(StandardCharsets.US_ASCII));
        }
        return all.toString();
    }

    /** RFC 6455, section 5.3. @param frame of less than 126 bytes */
    private static String unmasked(ByteBuf frame) {
        var text = new StringBuilder();
        for (int i = 0; i < frame.readableBytes() - 6; i++) {
            text.append((char) (frame.getByte(6 + i) ^ frame.getByte(2 + i % 4)));
        }
        return text.toString();
    }

    private void arrive(ByteBuf bytes) {
        channel.writeInbound(bytes);
    }

    private static ByteBuf frame(String text) {
        ByteBuf frame = Unpooled.buffer().writeByte(0x81);
        if (text.length() < 126) {
            frame.writeByte(text.length());
        } else {
            frame.writeByte(126).writeShort(text.length());
        }
        return frame.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuf message(long number) {
        return frame(text(number));
    }

    private static String text(long number) {
        ByteBuf data = Unpooled.buffer();
        Payload.write(data, System.nanoTime(), number, 200);
        return "42[\"message\",\"" + data.toString(StandardCharsets.US_ASCII) + "\"]";
    }

    @Test
    void itGoesThroughTheHandshakeAndAnswersPings() {
        connect();
        arrive(frame("0{\"sid\":\"a\"}"));
        assertThat(sent()).endsWith("40");
        arrive(frame("40{\"sid\":\"b\"}"));
        assertThat(sent()).endsWith("420[\"join\",\"lobby\"]");
        arrive(frame("430[]"));
        assertThat(events).containsExactly("ready", "0[]");
        assertThat(client.isReady()).isTrue();
        arrive(frame("2"));
        assertThat(sent()).endsWith("3");
    }

    @Test
    void deliveriesAreCountedHoweverTheyAreCutIntoPieces() {
        connect();
        ByteBuf all = Unpooled.wrappedBuffer(message(4), message(5), message(6));
        while (all.isReadable()) {
            arrive(all.readBytes(Math.min(7, all.readableBytes())));
        }
        assertThat(deliveries).containsExactly(4L, 5L, 6L);
    }

    @Test
    void anAnswerComesWithTheIdOfItsRequest() {
        connect();
        arrive(frame("43172[\"data\"]"));
        assertThat(events).containsExactly("172[\"data\"]");
    }

    @Test
    void anotherEventIsNoDelivery() {
        connect();
        arrive(frame("42[\"auth\",{}]"));
        assertThat(deliveries).isEmpty();
        assertThat(events).isEmpty();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aMessageThatIsNotAsItWasSentIsAltered() {
        connect();
        String text = text(4);
        int data = Text.MESSAGE.length;
        for (int i = data; i < text.length(); i++) {
            var other = new StringBuilder(text);
            other.setCharAt(i, (char) (text.charAt(i) ^ 1));
            arrive(frame(other.toString()));
            arrive(frame(text.substring(0, i)));
        }
        arrive(frame(text + " "));
        arrive(frame(text.replace("\"]", "x\"]")));
        arrive(frame("42[\"message\",\"short\"]"));

        assertThat(deliveries).isEmpty();
        assertThat(events).containsOnly("altered").hasSize(2 * (text.length() - data) + 3);
    }

    @Test
    void whatIsAlteredBeforeTheDataIsNoDeliveryEither() {
        String text = text(4);
        for (int i = 0; i < Text.MESSAGE.length; i++) {
            for (int bit = 0; bit < 7; bit++) {
                var other = new StringBuilder(text);
                other.setCharAt(i, (char) (text.charAt(i) ^ 1 << bit));
                client.packet(Unpooled.copiedBuffer(other, StandardCharsets.US_ASCII), 0, other.length(), 0);
            }
        }
        assertThat(deliveries).isEmpty();
    }

    @Test
    void aRefusedUpgradeAndALostConnectionAreTold() {
        client.open();
        arrive(Unpooled.copiedBuffer("HTTP/1.1 400 Bad Request\r\n\r\n", StandardCharsets.US_ASCII));
        assertThat(channel.isOpen()).isFalse();
        assertThat(events).containsExactly("closed");
    }
}
