package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden vectors of the protocol's text packets and polling payloads. */
class PacketCodecTest {

    @ParameterizedTest
    @CsvSource({
        "0{\"sid\":\"x\"}, OPEN, {\"sid\":\"x\"}",
        "1, CLOSE, ''",
        "2, PING, ''",
        "2probe, PING, probe",
        "3, PONG, ''",
        "3probe, PONG, probe",
        "4hello, MESSAGE, hello",
        "4€, MESSAGE, €",
        "4, MESSAGE, ''",
        "5, UPGRADE, ''",
        "6, NOOP, ''"
    })
    void textPackets(String wire, PacketType type, String data) throws PacketException {
        assertThat(PacketCodec.decode(wire)).isEqualTo(new Packet.Text(type, data));
        assertThat(PacketCodec.encode(type, data)).isEqualTo(wire);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "9abc", "a", "b", "bAQID", " 4", "\u001e", "/", ":", "４"})
    void whatIsNoPacketIsRefused(String wire) {
        assertThatThrownBy(() -> PacketCodec.decode(wire))
                .isInstanceOf(PacketException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void anUnprintableTypeIsNamedByItsNumber() {
        assertThatThrownBy(() -> PacketCodec.decode("\u0001x")).hasMessageContaining("U+0001");
    }

    private static List<Packet> payload(String body) throws PacketException {
        return PollingPayload.decode(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPayloadOfTextAndBinary() throws PacketException {
        List<Packet> packets = payload("4hello\u001e2\u001ebAQIDBA==\u001e4€");
        assertThat(packets).hasSize(4);
        assertThat(packets.get(0)).isEqualTo(new Packet.Text(PacketType.MESSAGE, "hello"));
        assertThat(packets.get(1)).isEqualTo(new Packet.Text(PacketType.PING, ""));
        assertThat(((Packet.Binary) packets.get(2)).data()).containsExactly(1, 2, 3, 4);
        assertThat(packets.get(3)).isEqualTo(new Packet.Text(PacketType.MESSAGE, "€"));
    }

    @Test
    void anEmptyBinaryMessage() throws PacketException {
        assertThat(((Packet.Binary) payload("b").getFirst()).data()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u001e",
                "4a\u001e",
                "\u001e4a",
                "4a\u001e\u001e4b",
                "4a\u001e8",
                "b*",
                "bA",
                "4a\u001ebAQID=A"
            })
    void aFaultAnywhereRefusesTheWholePayload(String body) {
        assertThatThrownBy(() -> payload(body))
                .isInstanceOf(PacketException.class)
                .hasMessageStartingWith("packet ");
    }

    @Test
    void theFaultIsToldWithItsPlace() {
        assertThatThrownBy(() -> payload("4abc\u001e9"))
                .hasMessage("packet 1 at character 5: unknown packet type '9', expected a digit from 0 to 6");
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        for (byte[] body :
                new byte[][] {{'4', (byte) 0xff}, {'4', (byte) 0xc3}, {'4', (byte) 0xed, (byte) 0xa0, (byte) 0x80}}) {
            assertThatThrownBy(() -> PollingPayload.decode(body))
                    .isInstanceOf(PacketException.class)
                    .hasMessageContaining("not UTF-8");
        }
    }

    @Test
    void messagesAreEncodedWithTheirAttachmentsBehindThem() {
        String body = PollingPayload.encode(List.of(
                        OutboundMessage.text("a"),
                        OutboundMessage.of("b", List.of(new byte[] {1}, new byte[0])),
                        OutboundMessage.binary(new byte[] {(byte) 0xff}),
                        ControlPackets.NOOP))
                .toString();
        assertThat(body).isEqualTo("4a\u001e4b\u001ebAQ==\u001eb\u001eb/w==\u001e6");
    }
}
