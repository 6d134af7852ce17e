package io.collabcluster.socketio;

/** A socket is in as many rooms as it may be ({@link SocketIoOptions#joinsPerSocket()}). */
public final class JoinRefused extends SocketIoException {

    private static final long serialVersionUID = 1L;

    JoinRefused(String room, int limit) {
        super(
                "can't join \"" + room + "\": a socket may be in " + limit + " rooms at most, its own included",
                null,
                false);
    }
}
