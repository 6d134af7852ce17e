package io.collabcluster.socketio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * One JSON value as it stands on the wire: passed on byte for byte, never parsed unless somebody asks.
 *
 * @param text a valid JSON value; what came from a client was checked when its packet was decoded
 */
public record Json(String text) {

    public static final Json NULL = new Json("null");
    public static final Json EMPTY_OBJECT = new Json("{}");

    public Json {
        Objects.requireNonNull(text, "text");
    }

    /** @throws IllegalArgumentException when Jackson can't write the value */
    public static Json of(Object value) {
        return new Json(JsonText.write(value));
    }

    /** @throws JsonMismatch when the value has another shape */
    public <T> T as(Class<T> type) {
        try {
            return JsonText.MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new JsonMismatch(type.getSimpleName(), e);
        }
    }

    /** @throws JsonMismatch when the text is no JSON, which can't be with a value from a client */
    public JsonNode tree() {
        try {
            return JsonText.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new JsonMismatch("JSON", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
