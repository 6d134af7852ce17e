package io.collabcluster.socketio;

/** Too many events wait for one client's acknowledgement: this one was not sent. */
public final class AckRefused extends SocketIoException {

    private static final long serialVersionUID = 1L;

    AckRefused(int outstanding) {
        super(outstanding + " events wait for this client's acknowledgement already", null, false);
    }
}
