package io.collabcluster.cluster.adapter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Payload;
import io.collabcluster.socketio.PayloadBuilder;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** A message in JSON. Arguments are cut out of it, and are never printed again. */
final class JsonReader implements WireReader {

    /** Deeper messages are refused: they must not overflow a stack, here or in a client. */
    static final int MAX_DEPTH = 500;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String text;
    private final JsonParser parser;
    /** The parser stands at a value that nobody has taken. */
    private boolean peeked;

    JsonReader(String text) {
        this.text = text;
        this.parser = guarded(() -> FACTORY.createParser(text));
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T guarded(Reading<T> reading) {
        try {
            return reading.read();
        } catch (JsonProcessingException e) {
            throw new MalformedMessage("no valid JSON: " + fault(e));
        } catch (IOException e) {
            throw new MalformedMessage("no valid JSON: " + e.getMessage());
        }
    }

    static String fault(IOException e) {
        return e instanceof JsonProcessingException fault ? fault.getOriginalMessage() : e.getMessage();
    }

    private JsonToken next() {
        JsonToken token = peeked ? parser.currentToken() : guarded(parser::nextToken);
        peeked = false;
        if (token == null) {
            throw new MalformedMessage("it ends too early");
        }
        return token;
    }

    @Override
    public boolean object(Consumer<String> field) {
        if (next() != JsonToken.START_OBJECT) {
            skipChildren();
            return false;
        }
        while (next() != JsonToken.END_OBJECT) {
            field.accept(guarded(parser::currentName));
        }
        return true;
    }

    @Override
    public void array(Runnable element) {
        if (next() != JsonToken.START_ARRAY) {
            skipChildren();
            return;
        }
        while (next() != JsonToken.END_ARRAY) {
            peeked = true;
            element.run();
        }
    }

    @Override
    public String text() {
        return scalar(next());
    }

    private String scalar(JsonToken token) {
        if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
            return guarded(parser::getText);
        }
        skipChildren();
        return "";
    }

    @Override
    public long number() {
        JsonToken token = next();
        if (token.isNumeric()) {
            return guarded(() -> (long) parser.getDoubleValue());
        }
        skipChildren();
        return 0;
    }

    @Override
    public boolean truth() {
        JsonToken token = next();
        skipChildren();
        return token == JsonToken.VALUE_TRUE;
    }

    @Override
    public Set<String> names() {
        JsonToken token = next();
        if (token != JsonToken.START_ARRAY) {
            String single = scalar(token);
            return single.isEmpty() ? Set.of() : Set.of(single);
        }
        var names = new LinkedHashSet<String>();
        for (JsonToken name = next(); name != JsonToken.END_ARRAY; name = next()) {
            names.add(scalar(name));
        }
        return names;
    }

    @Override
    public Event event() {
        if (next() != JsonToken.START_ARRAY || !next().isScalarValue()) {
            throw new MalformedMessage("an event's data must be an array that begins with the event's name");
        }
        String name = guarded(parser::getText);
        var arguments = new PayloadBuilder();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            arguments.add(raw());
        }
        return new Event(name, arguments.build());
    }

    @Override
    public Payload value() {
        next();
        var value = new PayloadBuilder();
        value.add(raw());
        return value.build();
    }

    /** The text of the value that the parser stands at. */
    private Json raw() {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        skipChildren();
        return new Json(text.substring(start, (int) parser.currentLocation().getCharOffset()));
    }

    private void skipChildren() {
        guarded(() -> {
            parser.finishToken();
            return parser.skipChildren();
        });
    }

    @Override
    public void skip() {
        next();
        skipChildren();
    }

    @Override
    public void end() {
        if (guarded(parser::nextToken) != null) {
            throw new MalformedMessage("something follows its end");
        }
    }
}
