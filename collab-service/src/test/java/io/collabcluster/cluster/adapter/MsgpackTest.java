package io.collabcluster.cluster.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.collabcluster.socketio.Payload;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The codec beside {@code notepack.io}, and by itself. */
class MsgpackTest {

    private static List<JsonNode> values() {
        return Golden.all("values");
    }

    private static List<JsonNode> received() {
        return Golden.all("received");
    }

    private static Buffer written(Object... arguments) {
        Payload payload = Payload.of(arguments);
        var out = new MsgpackWriter();
        payload.list().forEach(argument -> out.argument(argument, payload));
        return out.finish();
    }

    private static Buffer writtenJson(String json) {
        return new MsgpackWriter()
                .json(new io.collabcluster.socketio.Json(json))
                .finish();
    }

    private static Payload read(Buffer bytes) {
        var in = new MsgpackReader(bytes.getBytes());
        Payload value = in.value();
        in.end();
        return value;
    }

    @ParameterizedTest
    @MethodSource("values")
    void jsonIsWrittenAsNotepackDoes(JsonNode value) {
        assertThat(Golden.hex(writtenJson(value.get("json").asText())))
                .isEqualTo(value.get("hex").asText());
    }

    @Test
    void whatIsLargeIsWrittenAsNotepackDoes() throws Exception {
        for (JsonNode large : Golden.all("large")) {
            int count = large.get("count").asInt();
            Buffer bytes =
                    switch (large.get("kind").asText()) {
                        case "text" -> writtenJson('"' + "€".repeat(count) + '"');
                        case "array" -> writtenJson("[" + "7,".repeat(count - 1) + "7]");
                        case "object" ->
                            writtenJson(IntStream.range(0, count)
                                    .mapToObj(i -> "\"k" + i + "\":0")
                                    .collect(Collectors.joining(",", "{", "}")));
                        default -> {
                            var ones = new byte[count];
                            java.util.Arrays.fill(ones, (byte) 1);
                            yield written((Object) ones);
                        }
                    };
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes.getBytes());
            assertThat(HexFormat.of().formatHex(sum))
                    .as(large.toString())
                    .isEqualTo(large.get("sha256").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("received")
    void aValueBecomesWhatNodeWouldSendForIt(JsonNode value) {
        Payload payload = read(Golden.bytes(value));
        var expected = Golden.tree(value.get("text").asText());
        assertThat(Golden.tree("[\"e\"," + payload.json(0).text() + "]")).isEqualTo(expected);
        var attachments = new ArrayList<String>();
        value.get("attachments").forEach(hex -> attachments.add(hex.asText()));
        assertThat(payload.attachments().stream().map(HexFormat.of()::formatHex))
                .containsExactlyElementsOf(attachments);
    }

    @Test
    void numbersKeepTheirValueWhereNotepackWouldNot() {
        for (String number : List.of("9007199254740993", "9223372036854775807", "-9223372036854775808")) {
            assertThat(read(writtenJson(number)).json(0).text()).isEqualTo(number);
        }
        assertThat(read(writtenJson("12345678901234567890")).json(0).text()).isEqualTo("12345678901234567890");
        for (String number : List.of("1e300", "-1e300", "123456789012345678901234567890", "18446744073709551616")) {
            assertThat(Double.parseDouble(read(writtenJson(number)).json(0).text()))
                    .isEqualTo(Double.parseDouble(number));
        }
        assertThat(read(writtenJson("1e999")).json(0).text()).isEqualTo("null");
    }

    @Test
    void halfASurrogatePairIsReplaced() {
        assertThat(read(writtenJson("\"a\\ud83d\\ude00\\ud83db\\ude00\""))
                        .json(0)
                        .text())
                .isEqualTo("\"a\ud83d\ude00\ufffdb\ufffd\"");
    }

    @Test
    void deepNestingIsRefusedBothWays() {
        assertThatThrownBy(() -> writtenJson("[".repeat(501) + "]".repeat(501)))
                .isInstanceOf(IllegalArgumentException.class);
        var deep = new byte[100_000];
        java.util.Arrays.fill(deep, (byte) 0x91);
        assertThatThrownBy(() -> read(Buffer.buffer(deep)))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("500");
        assertThatThrownBy(() -> new MsgpackReader(deep).skip()).isInstanceOf(MalformedMessage.class);
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(@ForAll("arguments") List<Object> value) {
        Payload sent = Payload.of(value);
        Payload read = read(written(value));
        assertThat(Golden.tree(read.json(0).text()))
                .isEqualTo(Golden.tree(sent.json(0).text()));
        assertThat(read.attachments()).containsExactlyElementsOf(sent.attachments());
        // As a message that goes on to another node does it.
        assertThat(written(read.elements()[0])).isEqualTo(written(value));
    }

    @Provide
    Arbitrary<List<Object>> arguments() {
        return value(3).list().ofMaxSize(20);
    }

    private static Arbitrary<Object> value(int depth) {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                Arbitraries.strings()
                        .ofMaxLength(40)
                        .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                        .map(text -> (Object) text),
                Arbitraries.longs().map(n -> (Object) n),
                Arbitraries.of(0.5, -1.25, 1e-9, 3.14e200).map(n -> (Object) n),
                Arbitraries.of(true, false).map(b -> (Object) b),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(b -> (Object) b));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<Object> list = value(depth - 1).list().ofMaxSize(18).map(some -> (Object) some);
        Arbitrary<Object> object = Arbitraries.maps(
                        Arbitraries.strings().alpha().ofMaxLength(5), value(depth - 1))
                .ofMaxSize(18)
                .map(some -> (Object) some);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, scalar), net.jqwik.api.Tuple.of(1, list), net.jqwik.api.Tuple.of(1, object));
    }
}
