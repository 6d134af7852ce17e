package io.collabcluster.socketio;

import java.util.concurrent.CompletionStage;

/** Stands between a client's events and their listeners. Events are passed one after another, in order. */
@FunctionalInterface
public interface PacketMiddleware {

    /** Completes to pass the event on; fails to drop it, which the socket's error listeners are told. */
    CompletionStage<Void> pass(String event, Payload arguments);
}
