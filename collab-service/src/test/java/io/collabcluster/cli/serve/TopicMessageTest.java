package io.collabcluster.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.collab.topic.TopicChange;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicMessageTest {

    @Test
    void aChangeTravelsAsItsJsonStands() {
        String json = "{\"b\": 1.50 ,\"text\":\"größer \uD83D\uDE00\"}";
        var message = TopicMessage.encode(change(42, json));

        assertThat(message.toString(StandardCharsets.UTF_8)).isEqualTo("42 comment:posted\n" + json);
        assertThat(TopicMessage.decode("t", message))
                .isEqualTo(new TopicMessage.Changed("t", 42, "comment:posted", json));
    }

    @Test
    void theSubjectIsTheComment() {
        String comment = "{\"author\":{\"id\":\"ann\"},\"id\":\"c1\",\"text\":\"x\"}";
        assertThat(subject("{\"topic\":\"t\",\"list\":[{\"id\":1}],\"comment\":" + comment + "}"))
                .isEqualTo("c1");
        for (String other : List.of("{}", "{\"comment\":1}", "{\"comment\":{\"id\":7}}", "{\"id\":\"c1\"}")) {
            assertThat(subject(other)).isEmpty();
        }
    }

    private static String subject(String json) {
        return new TopicMessage.Changed("t", 7, "comment:posted", json).subject();
    }

    @Test
    void aLargeChangeTravelsAsANumber() {
        var message = TopicMessage.encode(change(7, "{\"text\":\"" + "ä".repeat(40_000) + "\"}"));

        assertThat(message.toString()).isEqualTo("7\n");
        assertThat(TopicMessage.decode("t", message)).isEqualTo(new TopicMessage.Head(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "7",
                "0\n",
                "-1 comment:posted\n{}",
                "7 connect\n{}",
                "7 comment:posted",
                "7 comment:posted\n",
                "7 comment:posted\n[]",
                "7 comment:posted\n{} {}",
                "7 comment:posted\n{\"a\":}",
                "7\n{}",
                "07 comment:posted\n{}",
                "1234567890123456789 comment:posted\n{}",
                "{\"uid\":\"x\"}"
            })
    void garbageIsNamedWithoutItsContent(String garbage) {
        assertThat(TopicMessage.decode("t", Buffer.buffer(garbage))).isInstanceOf(TopicMessage.Garbage.class);
    }

    @Test
    void whatIsTooLongIsGarbage() {
        var message = Buffer.buffer("7 comment:posted\n{\"a\":\"" + "x".repeat(70_000) + "\"}");

        assertThat(TopicMessage.decode("t", message)).isInstanceOf(TopicMessage.Garbage.class);
    }

    @Property
    void anyBytesAreReadWithoutAnError(@ForAll byte[] bytes) {
        assertThat(TopicMessage.decode("t", Buffer.buffer(bytes))).isNotNull();
        var body = Buffer.buffer("7 comment:posted\n").appendBytes(bytes);
        assertThat(TopicMessage.decode("t", body)).isNotNull();
    }

    private static TopicChange change(long sequence, String json) {
        return new TopicMessage.Changed("t", sequence, "comment:posted", json);
    }
}
