package io.collabcluster.socketio;

import java.util.List;

/** Some clients or nodes did not acknowledge a broadcast in time. */
public final class BroadcastAckTimeout extends SocketIoException {

    private static final long serialVersionUID = 1L;

    private final transient List<Payload> responses;

    BroadcastAckTimeout(List<Payload> responses, String missing) {
        super("acknowledged by " + responses.size() + " in time; " + missing, null, false);
        this.responses = List.copyOf(responses);
    }

    /** What came in time. */
    public List<Payload> responses() {
        return responses;
    }
}
