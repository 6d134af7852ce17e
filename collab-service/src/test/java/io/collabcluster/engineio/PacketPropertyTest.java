package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is encoded is decoded as it was, wherever the packets of a payload are cut. */
class PacketPropertyTest {

    private sealed interface Sent {
        record Text(String text) implements Sent {}

        record Binary(List<Byte> data) implements Sent {}
    }

    @Provide
    Arbitrary<List<Sent>> messages() {
        Arbitrary<Sent> texts = Arbitraries.strings()
                .ofMaxLength(50)
                // The separator can't stand in a payload's text; JSON, which travels here, escapes it.
                .filter(text -> text.indexOf(PollingPayload.SEPARATOR) < 0 && isUnicode(text))
                .map(Sent.Text::new);
        Arbitrary<Sent> binaries = Arbitraries.bytes().list().ofMaxSize(50).map(Sent.Binary::new);
        return Arbitraries.oneOf(texts, binaries).list().ofMinSize(1).ofMaxSize(10);
    }

    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Property
    void aPollingPayloadComesBack(@ForAll("messages") List<Sent> sent) throws PacketException {
        List<OutboundMessage> messages =
                sent.stream().map(PacketPropertyTest::message).toList();
        assertThat(read(PollingPayload.decode(PollingPayload.encode(messages).getBytes())))
                .isEqualTo(sent);
    }

    @Property
    void payloadsThatAreCutBetweenPacketsGiveTheSame(@ForAll("messages") List<Sent> sent, @ForAll int at)
            throws PacketException {
        List<OutboundMessage> messages =
                sent.stream().map(PacketPropertyTest::message).toList();
        int cut = Math.floorMod(at, messages.size() + 1);
        List<Sent> parts = new ArrayList<>();
        for (List<OutboundMessage> part : List.of(messages.subList(0, cut), messages.subList(cut, messages.size()))) {
            if (!part.isEmpty()) {
                parts.addAll(
                        read(PollingPayload.decode(PollingPayload.encode(part).getBytes())));
            }
        }
        assertThat(parts).isEqualTo(sent);
    }

    @Property
    void aPayloadThatIsCutAnywhereIsDecodedOrRefused(@ForAll("messages") List<Sent> sent, @ForAll int at) {
        byte[] whole = PollingPayload.encode(
                        sent.stream().map(PacketPropertyTest::message).toList())
                .getBytes();
        byte[] part = java.util.Arrays.copyOf(whole, Math.floorMod(at, whole.length + 1));
        try {
            assertThat(PollingPayload.decode(part)).isNotEmpty();
        } catch (PacketException refused) {
            assertThat(refused).hasMessageMatching("(?s)(packet \\d+ at character|body is not UTF-8).*");
        }
    }

    private static OutboundMessage message(Sent sent) {
        return switch (sent) {
            case Sent.Text(String text) -> OutboundMessage.text(text);
            case Sent.Binary(List<Byte> data) -> {
                byte[] bytes = new byte[data.size()];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = data.get(i);
                }
                yield OutboundMessage.binary(bytes);
            }
        };
    }

    private static List<Sent> read(List<Packet> packets) {
        List<Sent> read = new ArrayList<>();
        for (Packet packet : packets) {
            switch (packet) {
                case Packet.Text(PacketType type, String data) -> {
                    assertThat(type).isEqualTo(PacketType.MESSAGE);
                    read.add(new Sent.Text(data));
                }
                case Packet.Binary(byte[] data) -> {
                    List<Byte> bytes = new ArrayList<>();
                    for (byte b : data) {
                        bytes.add(b);
                    }
                    read.add(new Sent.Binary(bytes));
                }
            }
        }
        return read;
    }
}
