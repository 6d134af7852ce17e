package io.collabcluster.socketio;

/** Serves an event of a client. Called on the socket's event loop: must not block. */
@FunctionalInterface
public interface EventListener {

    /**
     * @param arguments without the event's name. A listener that goes on working after it has returned tells the session
     *     so, with {@code socket.session().hold(arguments.bytes())} and {@code unhold} at the end
     */
    void event(Payload arguments, Acknowledgement acknowledgement);
}
