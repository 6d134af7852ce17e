package io.collabcluster.cluster.adapter;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.collabcluster.socketio.PayloadBuilder;

/** Turns a msgpack value into the JSON text that Node would send its clients for it, in one pass. */
final class MsgpackToJson {

    private final MsgpackInput in;
    private final PayloadBuilder out;
    private final StringBuilder json;
    private int depth;

    MsgpackToJson(MsgpackInput in, PayloadBuilder out) {
        this.in = in;
        this.out = out;
        this.json = out.text();
    }

    void value() {
        value(in.type());
    }

    private void value(int type) {
        if (MsgpackInput.isText(type)) {
            quote(in.text(type));
        } else if (MsgpackInput.isNumber(type) || MsgpackInput.isTruth(type)) {
            in.scalar(type, json);
        } else if (MsgpackInput.isMap(type)) {
            deeper();
            map(in.count(type));
            depth--;
        } else if (MsgpackInput.isArray(type)) {
            deeper();
            array(in.count(type));
            depth--;
        } else if (MsgpackInput.isBinary(type)) {
            out.binary(in.binary(type));
        } else if (type == 0xc0) {
            json.append("null");
        } else if (type == 0xc1) {
            throw new MalformedMessage("no value begins with 0xc1");
        } else {
            new MsgpackExtension(in, out).value(type);
        }
    }

    private void deeper() {
        if (++depth > JsonReader.MAX_DEPTH) {
            throw new MalformedMessage("it is nested deeper than " + JsonReader.MAX_DEPTH);
        }
    }

    private void array(int count) {
        json.append('[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                json.append(',');
            }
            value();
        }
        json.append(']');
    }

    private void map(int count) {
        json.append('{');
        boolean first = true;
        for (int i = 0; i < count; i++) {
            int start = json.length();
            if (!first) {
                json.append(',');
            }
            key(in.type());
            json.append(':');
            int type = in.type();
            if (type == 0xd4 && in.isUndefined()) {
                in.bytes(2);
                json.setLength(start);
            } else {
                value(type);
                first = false;
            }
        }
        json.append('}');
    }

    /** JavaScript makes a string of any key. */
    private void key(int type) {
        if (MsgpackInput.isText(type)) {
            quote(in.text(type));
        } else if (MsgpackInput.isNumber(type) || MsgpackInput.isTruth(type)) {
            json.append('"');
            in.scalar(type, json);
            json.append('"');
        } else if (type == 0xc0) {
            json.append("\"null\"");
        } else {
            throw new MalformedMessage("an object's key must be a string");
        }
    }

    private void quote(String text) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        json.append('"');
    }
}
