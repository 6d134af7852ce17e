package io.collabcluster.engineio;

import java.util.List;

/**
 * One message for any number of sessions, encoded at most once per transport: a text, and binary messages that follow it
 * with nothing in between. Counts its references: it starts with one, which its maker releases after the last
 * {@link Session#send}. May be shared by event loops.
 */
public final class OutboundMessage {

    private final String text;
    private final List<byte[]> attachments;

    private OutboundMessage(String text, List<byte[]> attachments) {
        this.text = text;
        this.attachments = attachments;
    }

    /** A text message, without its Engine.IO type. */
    public static OutboundMessage text(String text) {
        return new OutboundMessage(text, List.of());
    }

    public static OutboundMessage of(String text, List<byte[]> attachments) {
        return new OutboundMessage(text, List.copyOf(attachments));
    }

    public String text() {
        return text;
    }

    public List<byte[]> attachments() {
        return attachments;
    }

    public OutboundMessage retain() {
        return this;
    }

    public void release() {}
}
