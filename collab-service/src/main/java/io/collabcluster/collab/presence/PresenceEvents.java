package io.collabcluster.collab.presence;

import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.collab.RequestObject;
import io.collabcluster.collab.session.SocketRequests;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Namespace;
import io.collabcluster.socketio.Socket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The Socket.IO events of presence; {@code asyncapi.yaml} has them all. */
public final class PresenceEvents {

    /** What the members of a topic are told. */
    public static final String JOINED = "presence:joined";

    public static final String UPDATED = "presence:updated";
    public static final String LEFT = "presence:left";
    public static final String SIGNAL = "presence:signal";

    static final String ROOM = "presence:";

    private static final Logger LOG = Logger.getLogger(PresenceEvents.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final PresenceService service;

    private PresenceEvents(PresenceService service) {
        this.service = service;
    }

    /** Serves the namespace's sockets, which have signed in. Their requests don't wait for those about comments. */
    public static void install(Namespace namespace, PresenceService service) {
        namespace.onConnection(new PresenceEvents(service)::connected);
    }

    private void connected(Socket socket) {
        var requests = new SocketRequests(socket, DEADLINE, PresenceEvents::explained);
        var presence = new SocketPresence(socket, service);
        for (PresenceRequest kind : PresenceRequest.values()) {
            requests.on(kind.event(), kind.fields(), request -> serve(kind, presence, request));
        }
    }

    private static Uni<Json> serve(PresenceRequest kind, SocketPresence presence, RequestObject request) {
        return switch (kind) {
            case JOIN -> presence.join(request);
            case UPDATE -> presence.update(request);
            case LEAVE -> presence.leave(request);
            case LIST -> presence.list(request);
            case SIGNAL -> presence.signal(request);
        };
    }

    private static CollabException explained(Throwable error) {
        if (error instanceof CollabException known) {
            return known;
        }
        LOG.error("a request failed", error);
        return new CollabException(Code.INTERNAL, "the server made a mistake; it is in its log");
    }
}
