package io.collabcluster.engineio;

/** Meets new sessions. */
@FunctionalInterface
public interface SessionHandler {

    /** Called on the session's event loop before any of its messages. */
    SessionListener opened(Session session);
}
