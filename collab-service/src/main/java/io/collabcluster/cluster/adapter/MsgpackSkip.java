package io.collabcluster.cluster.adapter;

/** Passes over a value that nobody asks for. */
final class MsgpackSkip {

    private final MsgpackInput in;
    private int depth;

    MsgpackSkip(MsgpackInput in) {
        this.in = in;
    }

    void value(int type) {
        if (MsgpackInput.isText(type)) {
            in.text(type);
        } else if (MsgpackInput.isFloat(type)) {
            in.float64(type);
        } else if (MsgpackInput.isNumber(type)) {
            in.integer(type);
        } else if (MsgpackInput.isArray(type)) {
            all(in.count(type));
        } else if (MsgpackInput.isMap(type)) {
            all(2L * in.count(type));
        } else if (MsgpackInput.isBinary(type)) {
            in.binary(type);
        } else if (type == 0xc1) {
            throw new MalformedMessage("no value begins with 0xc1");
        } else if (type >= 0xc7) {
            in.take(in.extension(type) + 1);
        }
    }

    private void all(long count) {
        if (++depth > JsonReader.MAX_DEPTH) {
            throw new MalformedMessage("it is nested deeper than " + JsonReader.MAX_DEPTH);
        }
        for (long i = 0; i < count; i++) {
            value(in.type());
        }
        depth--;
    }
}
