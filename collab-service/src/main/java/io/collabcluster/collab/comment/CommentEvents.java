package io.collabcluster.collab.comment;

import io.collabcluster.access.Authenticator;
import io.collabcluster.access.Identity;
import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.collab.RequestObject;
import io.collabcluster.collab.comment.CommentEdit.Patch;
import io.collabcluster.collab.session.SignIn;
import io.collabcluster.collab.session.SignInEnd;
import io.collabcluster.collab.session.SocketRequests;
import io.collabcluster.collab.topic.TopicChange;
import io.collabcluster.collab.topic.TopicFeeds;
import io.collabcluster.collab.topic.TopicRoom;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Namespace;
import io.collabcluster.socketio.Socket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The Socket.IO events of topics and comments; {@code asyncapi.yaml} has them all. */
public final class CommentEvents {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    static final String ROOM = "topic:";

    /** Tells subscribers that the topic was set back, and that they are subscribed no longer. */
    static final String RESET = "topic:reset";

    private final CommentService service;
    private final TopicFeeds feeds;
    private final SignIn signIn;

    private CommentEvents(CommentService service, TopicFeeds feeds, SignIn signIn) {
        this.service = service;
        this.feeds = feeds;
        this.signIn = signIn;
    }

    /** Serves the namespace's sockets, which have to sign in. */
    public static void install(
            Namespace namespace, Authenticator authenticator, CommentService service, TopicFeeds feeds) {
        var events = new CommentEvents(service, feeds, new SignIn(authenticator));
        namespace.use(events.signIn).onConnection(events::connected);
    }

    /** Where the feeds of this node deliver to. Each node does so for its own sockets, from its own feeds. */
    public static TopicRoom room(Namespace namespace) {
        return new TopicRoom() {
            @Override
            public void deliver(TopicChange change) {
                namespace.local().to(ROOM + change.topic()).emit(change.event(), new Json(change.json()));
            }

            @Override
            public void setBack(String topic, long head) {
                namespace.local().to(ROOM + topic).emit(RESET, Json.of(Map.of("topic", topic, "head", head)));
                namespace.local().to(ROOM + topic).socketsLeave(ROOM + topic);
            }
        };
    }

    private void connected(Socket socket) {
        var requests = new SocketRequests(socket, DEADLINE, CommentService::explained);
        var subscriptions = new TopicSubscriptions(socket, service, feeds);
        var end = new SignInEnd(socket, signIn);
        for (CommentRequest kind : CommentRequest.values()) {
            requests.on(kind.event(), kind.fields(), request -> serve(kind, socket, subscriptions, end, request));
        }
        end.watch();
    }

    private Uni<Json> serve(
            CommentRequest kind,
            Socket socket,
            TopicSubscriptions subscriptions,
            SignInEnd end,
            RequestObject request) {
        return switch (kind) {
            case SUBSCRIBE -> subscriptions.subscribe(request);
            case UNSUBSCRIBE -> subscriptions.unsubscribe(request);
            case POST -> answer(service.post(who(socket), newComment(request)));
            case EDIT -> answer(service.edit(who(socket), edit(request)));
            case DELETE -> answer(service.delete(who(socket), request.string("topic"), id(request)));
            case LIST -> list(socket, request);
            case RENEW -> renew(end, request);
        };
    }

    private static Identity who(Socket socket) {
        return socket.get(Identity.class)
                .orElseThrow(() -> new CollabException(Code.UNAUTHENTICATED, "this socket has not signed in"));
    }

    private static NewComment newComment(RequestObject request) {
        return new NewComment(
                request.string("topic"),
                request.string("text"),
                request.json("location"),
                request.json("embedded"),
                Optional.of(request.string("clientId")));
    }

    private static CommentEdit edit(RequestObject request) {
        return new CommentEdit(
                request.string("topic"),
                id(request),
                request.optionalString("text"),
                Patch.of(request, "location"),
                Patch.of(request, "embedded"));
    }

    private static UUID id(RequestObject request) {
        return CommentRules.id(request.string("id"));
    }

    private Uni<Json> list(Socket socket, RequestObject request) {
        return service.list(who(socket), request.string("topic"), request.number("before"), request.number("limit"))
                .map(page -> ok(json -> CommentJson.pageFields(json, page)));
    }

    private static Uni<Json> renew(SignInEnd end, RequestObject request) {
        return end.renew(request.string("token"))
                .map(identity -> ok(json -> {
                    if (identity.expiresAt().isPresent()) {
                        json.writeStringField(
                                "expiresAt", identity.expiresAt().get().toString());
                    }
                }));
    }

    private static Uni<Json> answer(Uni<Comment> comment) {
        return comment.map(kept -> ok(json -> {
            json.writeFieldName("comment");
            json.writeRawValue(kept.json());
        }));
    }

    /** An acknowledgement that says ok, and more. */
    static Json ok(CommentJson.Body more) {
        return new Json(CommentJson.object(json -> {
            json.writeBooleanField("ok", true);
            more.write(json);
        }));
    }
}
