package io.collabcluster.cluster.adapter;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Payload;
import io.vertx.core.buffer.Buffer;

/** As {@code JSON.stringify} does it, also with a {@code Buffer}. */
final class JsonWriter implements WireWriter {

    private final StringBuilder text = new StringBuilder(256);
    private final StringBuilder open = new StringBuilder(8);

    @Override
    public JsonWriter object(int fields) {
        value().append('{');
        open.append('}');
        return this;
    }

    @Override
    public JsonWriter array(int elements) {
        value().append('[');
        open.append(']');
        return this;
    }

    @Override
    public JsonWriter end() {
        int last = open.length() - 1;
        text.append(open.charAt(last));
        open.setLength(last);
        return this;
    }

    @Override
    public JsonWriter key(String name) {
        quote(name);
        text.append(':');
        return this;
    }

    @Override
    public JsonWriter text(String value) {
        quote(value);
        return this;
    }

    @Override
    public JsonWriter number(long value) {
        value().append(value);
        return this;
    }

    @Override
    public JsonWriter truth(boolean value) {
        value().append(value);
        return this;
    }

    @Override
    public JsonWriter json(Json value) {
        value().append(value.text());
        return this;
    }

    @Override
    public JsonWriter argument(Payload.Element argument, Payload of) {
        value();
        int from = 0;
        for (Payload.Placeholder placeholder : argument.placeholders()) {
            text.append(argument.text(), from, placeholder.start());
            buffer(of.attachments().get(placeholder.num()));
            from = placeholder.end();
        }
        text.append(argument.text(), from, argument.text().length());
        return this;
    }

    private void buffer(byte[] bytes) {
        text.append("{\"type\":\"Buffer\",\"data\":[");
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                text.append(',');
            }
            text.append(bytes[i] & 0xFF);
        }
        text.append("]}");
    }

    @Override
    public Buffer finish() {
        return Buffer.buffer(text.toString());
    }

    private void quote(String value) {
        value().append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, text);
        text.append('"');
    }

    /** Where a value or a key goes, behind a comma when another stands before it. */
    private StringBuilder value() {
        if (!text.isEmpty()) {
            char before = text.charAt(text.length() - 1);
            if (before != '{' && before != '[' && before != ':') {
                text.append(',');
            }
        }
        return text;
    }
}
