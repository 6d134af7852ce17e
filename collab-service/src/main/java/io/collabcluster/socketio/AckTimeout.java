package io.collabcluster.socketio;

import java.time.Duration;

/** The client did not acknowledge in time. */
public final class AckTimeout extends SocketIoException {

    private static final long serialVersionUID = 1L;

    AckTimeout(Duration timeout) {
        super("not acknowledged within " + timeout.toMillis() + " ms", null, false);
    }
}
