package io.collabcluster.collab;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.collabcluster.collab.CollabException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one JSON object of a request. Its fields are known by name, and an unknown or repeated one is an error; a field that
 * is passed on as JSON keeps its bytes. All faults are {@link Code#INVALID} and name the field.
 */
public final class RequestObject {

    private static final JsonFactory FACTORY = new JsonFactory();

    private record Value(JsonToken token, String raw, String text) {}

    private final Map<String, Value> values = new LinkedHashMap<>();

    private RequestObject() {}

    /** @param names all the fields that the object may have */
    public static RequestObject parse(String json, List<String> names) {
        var object = new RequestObject();
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("expected a JSON object with the fields " + String.join(", ", names));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                object.field(parser, json, names);
            }
            if (parser.nextToken() != null) {
                throw invalid("there is something behind the end of the JSON object");
            }
        } catch (JsonProcessingException e) {
            throw invalid(malformed(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return object;
    }

    private void field(JsonParser parser, String json, List<String> names) throws IOException {
        String name = parser.currentName();
        if (!names.contains(name)) {
            throw invalid(shortened(name) + ": unknown field; known are " + String.join(", ", names));
        }
        JsonToken token = parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        String text = token == JsonToken.VALUE_STRING ? parser.getText() : "";
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        if (values.put(name, new Value(token, json.substring(start, end), text)) != null) {
            throw invalid(name + ": given twice");
        }
    }

    public boolean has(String field) {
        return values.containsKey(field);
    }

    public String string(String field) {
        return optionalString(field).orElseThrow(() -> invalid(field + ": missing; expected a string"));
    }

    public Optional<String> optionalString(String field) {
        Value value = values.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value.token() != JsonToken.VALUE_STRING) {
            throw invalid(field + ": expected a string");
        }
        return Optional.of(value.text());
    }

    /** The field's JSON as it stands in the request; empty where it is left out or null. */
    public Optional<String> json(String field) {
        return Optional.ofNullable(values.get(field))
                .filter(value -> value.token() != JsonToken.VALUE_NULL)
                .map(Value::raw);
    }

    /** A whole number of at least 0. */
    public OptionalLong number(String field) {
        Value value = values.get(field);
        if (value == null || value.token() == JsonToken.VALUE_NULL) {
            return OptionalLong.empty();
        }
        if (value.token() != JsonToken.VALUE_NUMBER_INT || !value.raw().matches("[0-9]{1,18}")) {
            throw invalid(field + ": expected a whole number of at least 0");
        }
        return OptionalLong.of(Long.parseLong(value.raw()));
    }

    /** The parser's bounds have no place: how deep JSON may be nested, and how long a number may be. */
    private static String malformed(JsonLocation at) {
        return at == null
                ? "malformed JSON: nested too deeply, or with a number that is too long"
                : "malformed JSON at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static CollabException invalid(String message) {
        return new CollabException(Code.INVALID, message);
    }

    private static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }
}
