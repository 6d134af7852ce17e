package io.collabcluster.socketio;

/** Sees events, whatever their name. Called on the socket's event loop. */
@FunctionalInterface
public interface AnyListener {

    void event(String name, Payload arguments);
}
