package io.collabcluster.cluster.adapter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What the other tests compare with is what the npm packages do: they are asked again. */
class GoldenFileTest {

    @Test
    void thePackagesWriteWhatTheFileSays() throws Exception {
        JsonNode again = NodeServer.json("golden.mjs");
        assertThat(Golden.FILE.size()).isEqualTo(9);
        Golden.FILE.properties().forEach(part -> {
            JsonNode now = again.get(part.getKey());
            assertThat(now.size()).as(part.getKey()).isEqualTo(part.getValue().size());
            if (!part.getValue().isObject()) {
                assertThat(now).as(part.getKey()).isEqualTo(part.getValue());
                return;
            }
            part.getValue().properties().forEach(message -> assertThat(masked(now.get(message.getKey())))
                    .as("%s, %s", part.getKey(), message.getKey())
                    .isEqualTo(masked(message.getValue())));
        });
    }

    /** The packages choose new request ids each time. */
    private static String masked(JsonNode message) {
        String id = message.path("requestId").asText();
        String hex = HexFormat.of().formatHex(id.getBytes(US_ASCII));
        String bytes = message.get("hex").asText();
        return message.get("channel").asText() + ' ' + (id.isEmpty() ? bytes : bytes.replace(hex, "id" + id.length()));
    }
}
