package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collabcluster.engineio.OutboundMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden vectors: the packets of the published protocol, and those that must be refused. */
class PacketCodecTest {

    private static final byte[] FIRST = {1, 2, 3};
    private static final byte[] SECOND = {4, 5};

    private static Packet decode(String text) {
        return new PacketDecoder(10).text(text).orElseThrow();
    }

    private static String encode(Packet packet) {
        return PacketEncoder.encode(packet).text();
    }

    private static Packet.Event event(String namespace, OptionalLong id, String name, Object... args) {
        return new Packet.Event(namespace, id, name, Payload.of(args));
    }

    @Test
    void connectionPackets() {
        assertThat(encode(new Packet.Connect("/", Optional.empty()))).isEqualTo("0");
        assertThat(encode(new Packet.Connect("/", Optional.of(new Json("{\"sid\":\"wZX3oN0bSVIhsaknAAAI\"}")))))
                .isEqualTo("0{\"sid\":\"wZX3oN0bSVIhsaknAAAI\"}");
        assertThat(encode(new Packet.Connect("/admin", Optional.empty()))).isEqualTo("0/admin,");
        assertThat(encode(new Packet.Connect("/admin", Optional.of(new Json("{\"sid\":\"oSO0OpakMV_3jnilAAAA\"}")))))
                .isEqualTo("0/admin,{\"sid\":\"oSO0OpakMV_3jnilAAAA\"}");
        assertThat(encode(new Packet.ConnectError("/", new ConnectRefusal("Not authorized").toJson())))
                .isEqualTo("4{\"message\":\"Not authorized\"}");
        assertThat(encode(new Packet.ConnectError("/random", new ConnectRefusal("Invalid namespace").toJson())))
                .isEqualTo("4/random,{\"message\":\"Invalid namespace\"}");
        assertThat(encode(new Packet.Disconnect("/"))).isEqualTo("1");
        assertThat(encode(new Packet.Disconnect("/admin"))).isEqualTo("1/admin,");
    }

    @Test
    void eventsAndAcknowledgements() {
        assertThat(encode(event("/", OptionalLong.empty(), "foo"))).isEqualTo("2[\"foo\"]");
        assertThat(encode(event("/admin", OptionalLong.empty(), "bar"))).isEqualTo("2/admin,[\"bar\"]");
        assertThat(encode(event("/", OptionalLong.of(12), "foo"))).isEqualTo("212[\"foo\"]");
        assertThat(encode(event("/admin", OptionalLong.of(13), "foo"))).isEqualTo("2/admin,13[\"foo\"]");
        assertThat(encode(new Packet.Ack("/", 12, Payload.EMPTY))).isEqualTo("312[]");
        assertThat(encode(new Packet.Ack("/admin", 13, Payload.of("bar")))).isEqualTo("3/admin,13[\"bar\"]");
    }

    @Test
    void binaryPackets() {
        OutboundMessage one = PacketEncoder.encode(event("/", OptionalLong.empty(), "baz", FIRST));
        assertThat(one.text()).isEqualTo("51-[\"baz\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(one.attachments()).containsExactly(FIRST);

        OutboundMessage two = PacketEncoder.encode(event("/admin", OptionalLong.empty(), "baz", FIRST, SECOND));
        assertThat(two.text())
                .isEqualTo("52-/admin,[\"baz\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        assertThat(two.attachments()).containsExactly(FIRST, SECOND);

        assertThat(encode(event("/", OptionalLong.of(14), "foo", FIRST)))
                .isEqualTo("51-14[\"foo\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(encode(new Packet.Ack("/", 15, Payload.of("bar", FIRST))))
                .isEqualTo("61-15[\"bar\",{\"_placeholder\":true,\"num\":0}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/custom", "0/custom,"})
    void theCommaAfterANamespaceMayBeLeftAway(String text) {
        assertThat(decode(text)).isEqualTo(new Packet.Connect("/custom", Optional.empty()));
        assertThat(decode("1" + text.substring(1))).isEqualTo(new Packet.Disconnect("/custom"));
    }

    @Test
    void connectCarriesItsAuthObjectAsItIs() {
        assertThat(decode("0{ \"token\" : 1.0 }"))
                .isEqualTo(new Packet.Connect("/", Optional.of(new Json("{ \"token\" : 1.0 }"))));
    }

    @Test
    void argumentsAreCutOutByteForByte() {
        String first = "{\"b\":1.00,\"a\":[1e2, 0.10 ,-0],\"\\u00e9\":\"\\/\"}";
        var event = (Packet.Event)
                decode("2[ \"message-back\" , " + first + " ,12345678901234567890.50, \"é\\n\" ,null,true]");
        assertThat(event.name()).isEqualTo("message-back");
        assertThat(event.arguments().size()).isEqualTo(5);
        assertThat(event.arguments().json(0).text()).isEqualTo(first);
        assertThat(encode(event))
                .isEqualTo("2[\"message-back\"," + first + ",12345678901234567890.50,\"é\\n\",null,true]");
    }

    @Test
    void textsLongerThanTheParsersBuffersAreCutOutByteForByte() {
        String big = "\"" + "é\\u0041x".repeat(20_000) + "\"";
        String nested = "[" + "{\"k\":[1,2,{\"x\":null}]},".repeat(5_000) + "0]";
        String text = "2[\"m\"," + big + "," + nested + ",7," + big + "]";
        var event = (Packet.Event) decode(text);
        assertThat(event.arguments().json(0).text()).isEqualTo(big);
        assertThat(event.arguments().json(1).text()).isEqualTo(nested);
        assertThat(encode(event)).isEqualTo(text);
    }

    @Test
    void anEventsNameMayBeANumber() {
        assertThat(((Packet.Event) decode("2[1,\"a\"]")).name()).isEqualTo("1");
    }

    @Test
    void attachmentsFollowTheText() {
        var decoder = new PacketDecoder(10);
        assertThat(
                        decoder.text(
                                "52-/admin,7[\"m\",{\"x\":{\"num\":1,\"_placeholder\":true}},{\"_placeholder\":true,\"num\":0}]"))
                .isEmpty();
        assertThat(decoder.binary(FIRST)).isEmpty();
        var event = (Packet.Event) decoder.binary(SECOND).orElseThrow();
        assertThat(event.acknowledgement()).hasValue(7);
        assertThat(event.arguments().binary(0)).isEmpty();
        assertThat(event.arguments().binary(1)).contains(FIRST);
        assertThat(event.arguments().attachments()).containsExactly(FIRST, SECOND);
        // The decoder is free for the next packet.
        assertThat(decoder.text("2[\"a\"]")).isPresent();
    }

    @Test
    void anArgumentWithBinaryCanBeEmittedAsPartOfAnother() {
        var decoder = new PacketDecoder(10);
        decoder.text(
                "52-[\"m\",{\"_placeholder\":true,\"num\":0},{\"x\":[{\"_placeholder\":true,\"num\":1}], \"y\":1.0}]");
        decoder.binary(FIRST);
        var received = ((Packet.Event) decoder.binary(SECOND).orElseThrow()).arguments();
        var message = PacketEncoder.encode(
                event("/", OptionalLong.empty(), "n", Map.of("k", received.elements()[1]), received.elements()[0]));
        assertThat(message.text())
                .isEqualTo("52-[\"n\",{\"k\":{\"x\":[{\"_placeholder\":true,\"num\":0}], \"y\":1.0}},"
                        + "{\"_placeholder\":true,\"num\":1}]");
        assertThat(message.attachments()).containsExactly(SECOND, FIRST);
    }

    @Test
    void aPlainEventMayHoldWhatLooksLikeAPlaceholder() {
        String text = "2[\"m\",{\"_placeholder\":true,\"num\":7}]";
        assertThat(encode(decode(text))).isEqualTo(text);
    }

    @Test
    void argumentsOfEveryKindAreWritten() {
        record Point(int x, Optional<String> label, byte[] bytes) {}
        var message = PacketEncoder.encode(event(
                "/",
                OptionalLong.empty(),
                "m",
                "a\"\n",
                1,
                2.5,
                Double.NaN,
                true,
                null,
                new Json("{\"b\":1.0}"),
                List.of(1, "x"),
                new Point(3, Optional.empty(), FIRST)));
        assertThat(message.text())
                .isEqualTo("51-[\"m\",\"a\\\"\\n\",1,2.5,null,true,null,{\"b\":1.0},[1,\"x\"],"
                        + "{\"x\":3,\"bytes\":{\"_placeholder\":true,\"num\":0}}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                     | a packet must begin with its type, 0 to 6
            abc                    | a packet must begin with its type, 0 to 6
            7                      | a packet must begin with its type, 0 to 6
            2                      | the payload must be an array
            2{}                    | the payload must be an array
            2[]                    | must begin with the event's name
            2[{}]                  | must begin with the event's name
            2[null]                | must begin with the event's name
            2abc["m"]              | no valid JSON
            2["m"                  | no valid JSON
            2["m",]                | no valid JSON
            2["m",01]              | no valid JSON
            2["m",NaN]             | no valid JSON
            2["m",'a']             | no valid JSON
            2["m","\\x"]           | no valid JSON
            2["m"]]                | no valid JSON
            2["m"]["n"]            | something follows
            2["m"] 1               | something follows
            2["connect"]           | reserved
            2["connect_error"]     | reserved
            2["disconnect"]        | reserved
            2["disconnecting"]     | reserved
            2["newListener"]       | reserved
            2["removeListener"]    | reserved
            29007199254740993["m"] | may be 9007199254740991 at most
            299999999999999999["m"]| may be 9007199254740991 at most
            3[]                    | must have an id
            31{}                   | the payload must be an array
            31                     | the payload must be an array
            0[]                    | the payload must be an object
            0"a"                   | the payload must be an object
            0null                  | the payload must be an object
            0{"a":1                | no valid JSON
            1{}                    | DISCONNECT has no payload
            5["m"]                 | must give the number of its attachments
            5-["m"]                | must give the number of its attachments
            51["m"]                | must give the number of its attachments
            5a-["m"]               | must give the number of its attachments
            511-["m"]              | may be 10 at most
            599999999999999999999-["m"] | may be 10 at most
            51-["m",{"_placeholder":true,"num":1}]  | num must be from 0 to 0
            51-["m",{"_placeholder":true,"num":-1}] | num must be from 0 to 0
            51-["m",{"_placeholder":true}]          | num must be from 0 to 0
            51-["m",{"_placeholder":true,"num":"0"}]| num must be from 0 to 0
            52-["m",{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}] | referred to twice
            """)
    void whatIsNoPacketIsRefused(String text, String why) {
        assertThatThrownBy(() -> new PacketDecoder(10).text(text))
                .isInstanceOf(PacketException.class)
                .hasMessageContaining(why);
    }

    @Test
    void controlCharactersAndDeepNestingAreRefused() {
        assertThatThrownBy(() -> decode("2[\"m\",\"a\nb\"]")).isInstanceOf(PacketException.class);
        String fits = "[".repeat(JsonText.MAX_DEPTH - 1) + "]".repeat(JsonText.MAX_DEPTH - 1);
        assertThat(decode("2[\"m\"," + fits + "]")).isInstanceOf(Packet.Event.class);
        assertThatThrownBy(() -> decode("2[\"m\",[" + fits + "]]"))
                .isInstanceOf(PacketException.class)
                .hasMessageContaining("depth");
        assertThatThrownBy(() -> decode("2[\"m\"," + "{\"a\":".repeat(100_000))).isInstanceOf(PacketException.class);
    }

    @Test
    void attachmentsMustComeWhenTheyAreDueAndOnlyThen() {
        assertThatThrownBy(() -> new PacketDecoder(10).binary(FIRST))
                .hasMessage("an attachment came that no packet announced");
        var decoder = new PacketDecoder(10);
        decoder.text("51-[\"m\",{\"_placeholder\":true,\"num\":0}]");
        assertThatThrownBy(() -> decoder.text("2[\"m\"]")).hasMessage("text came where an attachment was due");
    }

    @Test
    void aPacketIsBoundedWithItsAttachments() {
        var decoder = new PacketDecoder(10);
        decoder.text("53-[\"m\"]");
        decoder.binary(new byte[PacketDecoder.MAX_BYTES - 100]);
        assertThatThrownBy(() -> decoder.binary(new byte[100])).hasMessageContaining("larger than");
    }

    @Test
    void whatJsonCantSayIsRefusedAtTheCall() {
        var loop = new Object() {
            public Object self() {
                return this;
            }
        };
        assertThatThrownBy(() -> Payload.of(loop)).isInstanceOf(IllegalArgumentException.class);
    }
}
