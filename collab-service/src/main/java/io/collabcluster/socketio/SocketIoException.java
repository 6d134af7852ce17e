package io.collabcluster.socketio;

/** What this layer refuses or fails with. The message may be told to a client. */
public abstract sealed class SocketIoException extends RuntimeException
        permits AckRefused,
                AckTimeout,
                BroadcastAckTimeout,
                ConnectRefusal,
                JoinRefused,
                JsonMismatch,
                PacketException,
                SocketGone {

    private static final long serialVersionUID = 1L;

    SocketIoException(String message, Throwable cause, boolean trace) {
        super(message, cause, false, trace);
    }
}
