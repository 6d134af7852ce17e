package io.collabcluster.cluster.adapter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.collabcluster.socketio.Payload;
import java.io.IOException;
import java.util.List;

/** Turns one argument from JSON text into msgpack, in one pass and without a tree. */
final class JsonToMsgpack {

    /** Of an integer that no 64 bits hold. */
    private static final int WIDEST = 64;

    private final JsonParser parser;
    private final List<Payload.Placeholder> placeholders;
    private final List<byte[]> attachments;
    private final MsgpackBytes out;
    private int next;

    private JsonToMsgpack(
            JsonParser parser, List<Payload.Placeholder> placeholders, List<byte[]> attachments, MsgpackBytes out) {
        this.parser = parser;
        this.placeholders = placeholders;
        this.attachments = attachments;
        this.out = out;
    }

    /**
     * @param text valid JSON
     * @param placeholders which of its objects stand for binary
     * @throws IllegalArgumentException when it is nested too deeply
     */
    static void write(String text, List<Payload.Placeholder> placeholders, List<byte[]> attachments, MsgpackBytes out) {
        try (JsonParser parser = JsonReader.FACTORY.createParser(text)) {
            new JsonToMsgpack(parser, placeholders, attachments, out).value(parser.nextToken());
        } catch (IOException e) {
            throw new IllegalArgumentException("no msgpack can be made of it: " + JsonReader.fault(e), e);
        }
    }

    private void value(JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> out.text(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> out.number(parser.getDoubleValue());
            case VALUE_TRUE -> out.put(0xc3);
            case VALUE_FALSE -> out.put(0xc2);
            default -> out.put(0xc0);
        }
    }

    private void integer() throws IOException {
        if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            out.integer(parser.getLongValue());
            return;
        }
        var value = parser.getBigIntegerValue();
        if (value.signum() > 0 && value.bitLength() <= WIDEST) {
            out.unsigned(value.longValue());
        } else {
            // Where notepack.io cuts the number down to 64 bits, its value is kept, as far as a double can.
            out.float64(value.doubleValue());
        }
    }

    private void array() throws IOException {
        int opened = out.open();
        int count = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            value(token);
            count++;
        }
        out.close(opened, count, 0x90, 0xdc);
    }

    private void object() throws IOException {
        if (next < placeholders.size()
                && placeholders.get(next).start()
                        == parser.currentTokenLocation().getCharOffset()) {
            out.binary(attachments.get(placeholders.get(next).num()));
            next++;
            parser.skipChildren();
            return;
        }
        int opened = out.open();
        int count = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            out.text(parser.currentName());
            value(parser.nextToken());
            count++;
        }
        out.close(opened, count, 0x80, 0xde);
    }
}
