package io.collabcluster.engineio;

import io.vertx.core.http.HttpServerRequest;

/** Requests of sessions that this process does not have: they may be another node's. */
@FunctionalInterface
public interface Strays {

    /** There is no other node. */
    Strays NONE = stray -> stray.unknown().run();

    /**
     * Answers the request, or runs {@link Stray#unknown}, within a bounded time. Called on the event loop of the request's
     * connection: must not block.
     */
    void take(Stray stray);

    /**
     * @param sid as the client sent it
     * @param request nothing of its body is read yet; headers of the answer may be set
     * @param client as this node sees it
     * @param unknown answers that there is no such session; on the loop of the request's connection, and only while
     *     nothing of another answer is written
     */
    record Stray(String sid, HttpServerRequest request, Client client, Runnable unknown) {}
}
