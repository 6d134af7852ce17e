package io.collabcluster.socketio;

import io.collabcluster.socketio.Payload.Element;
import io.collabcluster.socketio.Payload.Placeholder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes a payload of arguments that come in another format than JSON: each is written as JSON text, and binary parts are
 * put in where they stand. For an adapter; what it writes is not checked.
 */
public final class PayloadBuilder {

    private final List<Element> elements = new ArrayList<>(4);
    private final List<byte[]> attachments = new ArrayList<>(0);
    private final StringBuilder text = new StringBuilder(64);
    private List<Placeholder> placeholders = List.of();

    /** The text of the argument that is being written. */
    public StringBuilder text() {
        return text;
    }

    /** Puts binary at the end of the text. */
    public void binary(byte[] bytes) {
        int start = text.length();
        text.append(JsonText.placeholder(attachments.size()));
        if (placeholders.isEmpty()) {
            placeholders = new ArrayList<>(2);
        }
        placeholders.add(new Placeholder(start, text.length(), attachments.size()));
        attachments.add(bytes);
    }

    /** The argument is complete. */
    public void next() {
        elements.add(new Element(text.toString(), placeholders, attachments));
        text.setLength(0);
        placeholders = List.of();
    }

    /** An argument without binary. */
    public void add(Json argument) {
        elements.add(new Element(argument.text(), List.of(), attachments));
    }

    public Payload build() {
        return elements.isEmpty()
                ? Payload.EMPTY
                : new Payload(Collections.unmodifiableList(elements), Collections.unmodifiableList(attachments));
    }
}
