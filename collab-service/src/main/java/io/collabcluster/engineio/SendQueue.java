package io.collabcluster.engineio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Messages that wait for a transport; it holds one reference of each. For one event loop. */
final class SendQueue {

    /** What a queued message costs beside its bytes, so that a queue of empty ones is bounded too. */
    private static final int OVERHEAD = 64;

    private final ArrayDeque<OutboundMessage> messages = new ArrayDeque<>(2);
    private long bytes;

    /** Takes over a reference of the caller. */
    void add(OutboundMessage message) {
        messages.add(message);
        bytes += cost(message);
    }

    /** The next message, whose reference is then the caller's. */
    OutboundMessage poll() {
        OutboundMessage message = messages.poll();
        bytes -= cost(message);
        return message;
    }

    /** All messages, whose references are then the caller's. */
    List<OutboundMessage> drain() {
        List<OutboundMessage> all = new ArrayList<>(messages);
        messages.clear();
        bytes = 0;
        return all;
    }

    void clear() {
        drain().forEach(OutboundMessage::release);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    static long cost(OutboundMessage message) {
        return message.bytes() + OVERHEAD;
    }
}
