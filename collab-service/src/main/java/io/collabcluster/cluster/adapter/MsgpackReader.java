package io.collabcluster.cluster.adapter;

import io.collabcluster.socketio.Payload;
import io.collabcluster.socketio.PayloadBuilder;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** A message in msgpack, also in the older form that has neither binary nor short strings. */
final class MsgpackReader implements WireReader {

    private final MsgpackInput in;

    MsgpackReader(byte[] bytes) {
        this.in = new MsgpackInput(bytes);
    }

    @Override
    public boolean object(Consumer<String> field) {
        int type = in.type();
        if (!MsgpackInput.isMap(type)) {
            in.skip(type);
            return false;
        }
        for (int i = in.count(type); i > 0; i--) {
            field.accept(text());
        }
        return true;
    }

    @Override
    public void array(Runnable element) {
        int type = in.type();
        if (!MsgpackInput.isArray(type)) {
            in.skip(type);
            return;
        }
        for (int i = in.count(type); i > 0; i--) {
            element.run();
        }
    }

    @Override
    public String text() {
        return scalar(in.type());
    }

    private String scalar(int type) {
        if (MsgpackInput.isText(type)) {
            return in.text(type);
        }
        if (MsgpackInput.isNumber(type) || MsgpackInput.isTruth(type)) {
            var text = new StringBuilder();
            in.scalar(type, text);
            return text.toString();
        }
        in.skip(type);
        return "";
    }

    @Override
    public long number() {
        int type = in.type();
        if (MsgpackInput.isNumber(type)) {
            return MsgpackInput.isFloat(type) ? (long) in.float64(type) : in.integer(type);
        }
        in.skip(type);
        return 0;
    }

    @Override
    public boolean truth() {
        int type = in.type();
        in.skip(type);
        return type == 0xc3;
    }

    @Override
    public Set<String> names() {
        int type = in.type();
        if (!MsgpackInput.isArray(type)) {
            String single = scalar(type);
            return single.isEmpty() ? Set.of() : Set.of(single);
        }
        var names = new LinkedHashSet<String>();
        for (int i = in.count(type); i > 0; i--) {
            names.add(text());
        }
        return names;
    }

    @Override
    public Event event() {
        int type = in.type();
        int count = MsgpackInput.isArray(type) ? in.count(type) : 0;
        int first = count == 0 ? 0xc0 : in.type();
        if (!MsgpackInput.isText(first) && !MsgpackInput.isNumber(first)) {
            throw new MalformedMessage("an event's data must be an array that begins with the event's name");
        }
        String name = scalar(first);
        var arguments = new PayloadBuilder();
        for (int i = 1; i < count; i++) {
            argument(arguments);
        }
        return new Event(name, arguments.build());
    }

    @Override
    public Payload value() {
        var value = new PayloadBuilder();
        argument(value);
        return value.build();
    }

    private void argument(PayloadBuilder to) {
        new MsgpackToJson(in, to).value();
        to.next();
    }

    @Override
    public void skip() {
        in.skip(in.type());
    }

    @Override
    public void end() {
        if (in.remaining() > 0) {
            throw new MalformedMessage(in.remaining() + " bytes follow its end");
        }
    }
}
