package io.collabcluster.collab.comment;

import io.collabcluster.access.Identity;
import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.collab.RequestObject;
import io.collabcluster.collab.topic.ChangePage;
import io.collabcluster.collab.topic.Subscriber;
import io.collabcluster.collab.topic.TopicChange;
import io.collabcluster.collab.topic.TopicFeeds;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Socket;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The topics that one socket is subscribed to. Belongs to the socket's loop. */
final class TopicSubscriptions {

    private final Socket socket;
    private final CommentService service;
    private final TopicFeeds feeds;
    private final Set<String> topics = new HashSet<>();

    TopicSubscriptions(Socket socket, CommentService service, TopicFeeds feeds) {
        this.socket = socket;
        this.service = service;
        this.feeds = feeds;
        // A recovered socket is in its rooms again, but what came meanwhile is known by sequence only: it subscribes
        // anew.
        List.copyOf(socket.rooms()).stream()
                .filter(room -> room.startsWith(CommentEvents.ROOM))
                .forEach(socket::leave);
        socket.onDisconnect(reason -> topics.forEach(topic -> feeds.unsubscribe(topic, socket.id())));
    }

    Uni<Json> subscribe(RequestObject request) {
        String topic = request.string("topic");
        OptionalLong after = request.number("after");
        Identity user = identity();
        service.authorizeSubscription(user, topic);
        if (topics.contains(topic)) {
            drop(topic);
        }
        topics.add(topic);
        var answer = Uni.createFrom().<Json>emitter(emitter -> {
            var over = new AtomicBoolean();
            emitter.onTermination(() -> over.set(true));
            feeds.subscribe(topic, socket.id(), after, new Joining(topic, user, emitter, over));
        });
        return answer.onFailure().invoke(() -> forget(topic)).onCancellation().invoke(() -> forget(topic));
    }

    Uni<Json> unsubscribe(RequestObject request) {
        String topic = request.string("topic");
        drop(topic);
        return Uni.createFrom().item(CommentEvents.ok(json -> json.writeStringField("topic", topic)));
    }

    private Identity identity() {
        return socket.get(Identity.class)
                .orElseThrow(() -> new CollabException(Code.UNAUTHENTICATED, "this socket has not signed in"));
    }

    private void forget(String topic) {
        if (socket.loop().inEventLoop()) {
            drop(topic);
        } else {
            socket.loop().execute(() -> drop(topic));
        }
    }

    private void drop(String topic) {
        topics.remove(topic);
        socket.leave(CommentEvents.ROOM + topic);
        feeds.unsubscribe(topic, socket.id());
    }

    /** A subscription on its way. Called on the feed's thread. */
    private final class Joining implements Subscriber {

        private final String topic;
        private final Identity user;
        private final UniEmitter<? super Json> emitter;
        private final AtomicBoolean over;

        Joining(String topic, Identity user, UniEmitter<? super Json> emitter, AtomicBoolean over) {
            this.topic = topic;
            this.user = user;
            this.emitter = emitter;
            this.over = over;
        }

        /**
         * The room is joined before the answer leaves, for it may be refused; no change can come between, as the feed
         * goes on only when this has returned.
         */
        @Override
        public void live(ChangePage page) {
            if (over.get()) {
                feeds.unsubscribe(topic, socket.id());
                return;
            }
            socket.join(CommentEvents.ROOM + topic).whenComplete((joined, error) -> {
                if (error == null) {
                    emitter.complete(answer(page, true));
                } else {
                    emitter.fail(new CollabException(Code.CONFLICT, error.getMessage()));
                }
            });
        }

        @Override
        public void more(ChangePage page) {
            emitter.complete(answer(page, false));
        }

        @Override
        public void failed(Throwable error) {
            emitter.fail(error);
        }

        /** Says who the subscriber is, too: by the id a client knows its own comments. */
        private Json answer(ChangePage page, boolean live) {
            return CommentEvents.ok(json -> {
                json.writeStringField("topic", page.topic());
                json.writeNumberField("head", page.head());
                json.writeBooleanField("live", live);
                json.writeObjectFieldStart("user");
                json.writeStringField("id", user.userId());
                json.writeStringField("name", user.name());
                json.writeEndObject();
                json.writeArrayFieldStart("changes");
                for (TopicChange change : page.changes()) {
                    json.writeRawValue(change.json());
                }
                json.writeEndArray();
            });
        }
    }
}
