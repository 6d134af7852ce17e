package io.collabcluster.socketio;

/** A client sent what is no packet; its session is closed as a parse error. */
public final class PacketException extends SocketIoException {

    private static final long serialVersionUID = 1L;

    PacketException(String message) {
        super(message, null, false);
    }
}
