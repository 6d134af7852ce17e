package io.collabcluster.socketio;

import java.util.concurrent.CompletionStage;

/** Decides whether a socket may connect to a namespace. Called on the socket's event loop; may complete anywhere. */
@FunctionalInterface
public interface ConnectMiddleware {

    /** Completes to admit, fails with a {@link ConnectRefusal} to refuse. The socket is not connected yet. */
    CompletionStage<Void> admit(Socket socket);
}
