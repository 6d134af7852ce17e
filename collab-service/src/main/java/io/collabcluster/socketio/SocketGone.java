package io.collabcluster.socketio;

/** The socket is not connected, or no longer. */
public final class SocketGone extends SocketIoException {

    private static final long serialVersionUID = 1L;

    SocketGone(String id) {
        super("socket " + id + " is not connected", null, false);
    }
}
