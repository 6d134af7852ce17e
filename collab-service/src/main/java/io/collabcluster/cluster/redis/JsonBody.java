package io.collabcluster.cluster.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Looks through what is passed on to clients as it came: they must not get what they would choke on. */
public final class JsonBody {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonBody() {}

    /** The rest of a message; empty unless it is one JSON object in UTF-8. */
    public static Optional<String> read(byte[] message, int from) {
        String json;
        try {
            json = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message, from, message.length - from))
                    .toString();
        } catch (IOException e) {
            return Optional.empty();
        }
        return isObject(json) ? Optional.of(json) : Optional.empty();
    }

    /** The text of a field of an object's field; empty where there is none. */
    public static Optional<String> textAt(String json, String object, String field) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (enter(parser, object) && enter(parser, field) && parser.currentToken() == JsonToken.VALUE_STRING) {
                return Optional.of(parser.getText());
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Goes from before an object, or from its beginning, to the value of one of its fields. */
    private static boolean enter(JsonParser parser, String field) throws IOException {
        if (parser.currentToken() == null) {
            parser.nextToken();
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(field);
            parser.nextToken();
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    public static boolean isObject(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
