package io.collabcluster.cluster.adapter;

import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Payload;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * As {@code notepack.io} does it: every header and number in its shortest form, and whole numbers as integers. (The
 * library msgpack-core wants an array's length before its elements, which would take a second reading of their JSON.)
 */
final class MsgpackWriter implements WireWriter {

    private final MsgpackBytes out = new MsgpackBytes();

    @Override
    public MsgpackWriter object(int fields) {
        out.header(fields, 0x80, 0xde);
        return this;
    }

    @Override
    public MsgpackWriter array(int elements) {
        out.header(elements, 0x90, 0xdc);
        return this;
    }

    @Override
    public MsgpackWriter end() {
        return this;
    }

    @Override
    public MsgpackWriter key(String name) {
        return text(name);
    }

    @Override
    public MsgpackWriter text(String value) {
        out.text(value);
        return this;
    }

    @Override
    public MsgpackWriter number(long value) {
        out.integer(value);
        return this;
    }

    @Override
    public MsgpackWriter truth(boolean value) {
        out.put(value ? 0xc3 : 0xc2);
        return this;
    }

    @Override
    public MsgpackWriter json(Json value) {
        JsonToMsgpack.write(value.text(), List.of(), List.of(), out);
        return this;
    }

    @Override
    public MsgpackWriter argument(Payload.Element argument, Payload of) {
        JsonToMsgpack.write(argument.text(), argument.placeholders(), of.attachments(), out);
        return this;
    }

    @Override
    public Buffer finish() {
        return out.buffer();
    }
}
