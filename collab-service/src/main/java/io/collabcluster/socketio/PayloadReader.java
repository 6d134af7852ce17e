package io.collabcluster.socketio;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.collabcluster.socketio.Payload.Element;
import io.collabcluster.socketio.Payload.Placeholder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the JSON of a packet into the texts of its arguments, checking it strictly on the way. No tree is built, and
 * nothing is printed again: a text is what the client sent.
 */
final class PayloadReader implements AutoCloseable {

    private static final int NO_PLACEHOLDERS = -1;

    private final String text;
    private final JsonParser parser;
    private final int expected;
    private final List<byte[]> attachments;
    private final PlaceholderScan scan;

    /**
     * @param expected how many attachments placeholders may refer to; negative: they have no meaning here
     * @param attachments the list that the attachments are in, or will be
     */
    private PayloadReader(String text, int expected, List<byte[]> attachments) throws IOException {
        this.text = text;
        this.parser = JsonText.FACTORY.createParser(text);
        this.expected = expected;
        this.attachments = attachments;
        this.scan = new PlaceholderScan(parser, expected);
    }

    /** The arguments of an event, and its name. */
    record Event(String name, List<Element> arguments) {}

    static Event event(String text, int expected, List<byte[]> attachments) {
        return read(text, expected, attachments, reader -> {
            reader.expect(JsonToken.START_ARRAY, "an array");
            String name =
                    switch (reader.parser.nextToken()) {
                        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> reader.parser.getText();
                        default ->
                            throw new PacketException(
                                    "an event's payload must begin with the event's name, a string or a number");
                    };
            return new Event(name, reader.rest());
        });
    }

    static List<Element> arguments(String text, int expected, List<byte[]> attachments) {
        return read(text, expected, attachments, reader -> {
            reader.expect(JsonToken.START_ARRAY, "an array");
            return reader.rest();
        });
    }

    static Json object(String text) {
        return read(text, NO_PLACEHOLDERS, List.of(), reader -> {
            reader.expect(JsonToken.START_OBJECT, "an object");
            return new Json(reader.element().text());
        });
    }

    static Json value(String text) {
        return read(text, NO_PLACEHOLDERS, List.of(), reader -> {
            reader.parser.nextToken();
            return new Json(reader.element().text());
        });
    }

    /** One argument that was just written, with placeholders for attachments that are all there. */
    static Element element(String text, List<byte[]> attachments) {
        return read(text, attachments.size(), attachments, reader -> {
            reader.parser.nextToken();
            return reader.element();
        });
    }

    private interface Reading<T> {
        T from(PayloadReader reader) throws IOException;
    }

    private static <T> T read(String text, int expected, List<byte[]> attachments, Reading<T> reading) {
        try (var reader = new PayloadReader(text, expected < 0 ? NO_PLACEHOLDERS : expected, attachments)) {
            T result = reading.from(reader);
            if (reader.parser.nextToken() != null) {
                throw new PacketException("something follows the payload's end");
            }
            return result;
        } catch (JsonProcessingException e) {
            throw new PacketException("the payload is no valid JSON: " + JsonText.fault(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void expect(JsonToken token, String what) throws IOException {
        if (parser.nextToken() != token) {
            throw new PacketException("the payload must be " + what);
        }
    }

    private List<Element> rest() throws IOException {
        var elements = new ArrayList<Element>(4);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(element());
        }
        return elements;
    }

    /** The value that the parser stands at the beginning of. */
    private Element element() throws IOException {
        if (parser.currentToken() == null) {
            throw new PacketException("the payload is missing");
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        List<Placeholder> placeholders = List.of();
        if (!parser.currentToken().isStructStart()) {
            parser.finishToken();
        } else if (expected > 0) {
            placeholders = scan.read();
        } else {
            parser.skipChildren();
        }
        int end = (int) parser.currentLocation().getCharOffset();
        return new Element(text.substring(start, end), placeholders, attachments);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
