package io.collabcluster.engineio;

/** What the layer above does with a session's messages. All calls come on the session's event loop, in order. */
public interface SessionListener {

    /** A text message, without its Engine.IO type. */
    void text(String message);

    void binary(byte[] message);

    /** The last call, exactly once. */
    void closed(CloseReason reason);
}
