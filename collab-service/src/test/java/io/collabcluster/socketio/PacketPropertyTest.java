package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is encoded is decoded to the same, and whatever was decoded is encoded to the same text. */
class PacketPropertyTest {

    @Property(tries = 300)
    void whatIsEmittedArrives(
            @ForAll("names") String name,
            @ForAll("namespaces") String namespace,
            @ForAll("ids") Optional<Long> id,
            @ForAll("arguments") List<Object> args) {
        OptionalLong ack = id.map(OptionalLong::of).orElseGet(OptionalLong::empty);
        var sent = new Packet.Event(namespace, ack, name, Payload.of(args.toArray()));
        var received = (Packet.Event) roundTrip(sent);

        assertThat(received.namespace()).isEqualTo(namespace);
        assertThat(received.acknowledgement()).isEqualTo(ack);
        assertThat(received.name()).isEqualTo(name);
        assertSame(received.arguments(), sent.arguments());
        // As an echo does it.
        assertSame(Payload.of(received.arguments().elements()), sent.arguments());
    }

    @Property(tries = 200)
    void anAcknowledgementArrives(@ForAll("ids") Optional<Long> id, @ForAll("arguments") List<Object> args) {
        var sent = new Packet.Ack("/", id.orElse(0L), Payload.of(args.toArray()));
        var received = (Packet.Ack) roundTrip(sent);
        assertThat(received.id()).isEqualTo(sent.id());
        assertSame(received.arguments(), sent.arguments());
    }

    @Property(tries = 200)
    void spacesAndTheFormOfNumbersAreKept(@ForAll("spacedJson") List<String> texts) {
        String text =
                "2[\"m\"" + String.join("", texts.stream().map(t -> "," + t).toList()) + "]";
        assertThat(PacketEncoder.encode(new PacketDecoder(10).text(text).orElseThrow())
                        .text())
                .isEqualTo(text);
    }

    private static Packet roundTrip(Packet packet) {
        var message = PacketEncoder.encode(packet);
        var decoder = new PacketDecoder(1_000);
        Optional<Packet> decoded = decoder.text(message.text());
        for (byte[] attachment : message.attachments()) {
            assertThat(decoded).isEmpty();
            decoded = decoder.binary(attachment);
        }
        return decoded.orElseThrow();
    }

    private static void assertSame(Payload one, Payload other) {
        assertThat(one.size()).isEqualTo(other.size());
        for (int i = 0; i < one.size(); i++) {
            assertThat(one.json(i)).isEqualTo(other.json(i));
        }
        assertThat(one.attachments()).containsExactlyElementsOf(other.attachments());
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .ofMaxLength(20)
                .filter(name -> !PacketDecoder.RESERVED.contains(name))
                .filter(PacketPropertyTest::hasNoLoneSurrogate);
    }

    @Provide
    Arbitrary<String> namespaces() {
        return Arbitraries.oneOf(
                Arbitraries.just("/"),
                Arbitraries.strings()
                        .excludeChars(',')
                        .ofMaxLength(10)
                        .filter(PacketPropertyTest::hasNoLoneSurrogate)
                        .map(name -> "/" + name));
    }

    @Provide
    Arbitrary<Optional<Long>> ids() {
        return Arbitraries.longs().between(0, (1L << 53) - 1).optional();
    }

    @Provide
    Arbitrary<List<Object>> arguments() {
        return value(3).list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<String>> spacedJson() {
        Arbitrary<String> scalar = Arbitraries.of(
                "0",
                "-0",
                "1.0",
                "1.50e+10",
                "1E-2",
                "true",
                "null",
                "\"\\u00e9\\/\"",
                "\"\"",
                "{}",
                "[]",
                "[ 1 ,\t2]");
        Arbitrary<String> object = scalar.map(inner -> "{ \"k\" :" + inner + " , \"_placeholder\":true}");
        return Arbitraries.oneOf(scalar, object).list().ofMaxSize(6);
    }

    private static Arbitrary<Object> value(int depth) {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                Arbitraries.strings()
                        .ofMaxLength(20)
                        .filter(PacketPropertyTest::hasNoLoneSurrogate)
                        .map(s -> (Object) s),
                Arbitraries.longs().map(n -> (Object) n),
                Arbitraries.doubles().map(n -> (Object) n),
                Arbitraries.of(true, false).map(b -> (Object) b),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(b -> (Object) b));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<Object> list = value(depth - 1).list().ofMaxSize(3).map(ArrayList::new);
        Arbitrary<Object> object = Arbitraries.maps(
                        Arbitraries.strings().alpha().ofMaxLength(5), value(depth - 1))
                .ofMaxSize(3)
                .map(map -> (Map<String, Object>) new LinkedHashMap<>(map))
                .map(map -> (Object) map);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, scalar), net.jqwik.api.Tuple.of(1, list), net.jqwik.api.Tuple.of(1, object));
    }

    private static boolean hasNoLoneSurrogate(String text) {
        return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }
}
