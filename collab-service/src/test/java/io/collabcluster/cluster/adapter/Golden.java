package io.collabcluster.cluster.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What {@code src/test/node/golden.mjs} found the npm packages to write and to make of what they read. */
final class Golden {

    static final ObjectMapper MAPPER = new ObjectMapper();
    static final JsonNode FILE = load();

    private Golden() {}

    private static JsonNode load() {
        try (var file = Golden.class.getResourceAsStream("/redis-wire.json")) {
            return MAPPER.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> all(String name) {
        var all = new ArrayList<JsonNode>();
        FILE.get(name).forEach(all::add);
        return all;
    }

    static Buffer bytes(JsonNode entry) {
        return Buffer.buffer(HexFormat.of().parseHex(entry.get("hex").asText()));
    }

    static String hex(Buffer bytes) {
        return HexFormat.of().formatHex(bytes.getBytes());
    }

    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
