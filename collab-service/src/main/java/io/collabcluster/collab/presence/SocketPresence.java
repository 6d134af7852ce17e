package io.collabcluster.collab.presence;

import io.collabcluster.access.Identity;
import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.collab.FieldRules;
import io.collabcluster.collab.RequestObject;
import io.collabcluster.socketio.DisconnectReason;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Socket;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The topics that one socket is a member of. Belongs to the socket's loop. */
final class SocketPresence implements Holder {

    private final Socket socket;
    private final PresenceService service;
    private final Allowance allowance;

    /** Member's ids by topic; empty while the answer is on its way. */
    private final Map<String, String> joined = new HashMap<>();

    private volatile boolean gone;

    SocketPresence(Socket socket, PresenceService service) {
        this.socket = socket;
        this.service = service;
        allowance = new Allowance(service.options().presence().changesPerSecond(), System::nanoTime);
        // A recovered socket is in its rooms again, but who came and went meanwhile is not known: it joins anew.
        List.copyOf(socket.rooms()).stream()
                .filter(room -> room.startsWith(PresenceEvents.ROOM))
                .forEach(socket::leave);
        socket.onDisconnect(this::disconnected);
    }

    private void disconnected(DisconnectReason reason) {
        gone = true;
        joined.keySet().forEach(topic -> {
            if (reason.recoverable()) {
                service.lost(topic, this);
            } else {
                service.leave(topic, this);
            }
        });
    }

    Uni<Json> join(RequestObject request) {
        String topic = admitted(request);
        Optional<String> state = checked("state", request.json("state"));
        Optional<String> token = request.optionalString("token");
        token.ifPresent(text -> FieldRules.name("token", text));
        int most = service.options().presence().topicsPerSocket();
        if (!joined.containsKey(topic) && joined.size() >= most) {
            throw new CollabException(Code.TOO_MANY, "topic: a socket may be a member of " + most + " topics at most");
        }
        joined.putIfAbsent(topic, "");
        var answer = Uni.createFrom().<Json>emitter(emitter -> {
            var over = new AtomicBoolean();
            emitter.onTermination(() -> over.set(true));
            service.join(topic, this, identity(), state, token, new Entering(topic, emitter, over));
        });
        return answer.onFailure().invoke(() -> forget(topic)).onCancellation().invoke(() -> forget(topic));
    }

    Uni<Json> update(RequestObject request) {
        String topic = admitted(request);
        if (!request.has("state")) {
            throw new CollabException(Code.INVALID, "state: missing; expected JSON, or null for none");
        }
        Optional<String> state = checked("state", request.json("state"));
        member(topic);
        return service.update(topic, this, state).map(done -> answer(Map.of("topic", topic)));
    }

    Uni<Json> signal(RequestObject request) {
        String topic = admitted(request);
        String data = checked("data", request.json("data"))
                .orElseThrow(() -> new CollabException(Code.INVALID, "data: missing; expected JSON"));
        String id = member(topic);
        socket.to(PresenceEvents.ROOM + topic)
                .volatileEmit(
                        PresenceEvents.SIGNAL, Json.of(Map.of("topic", topic, "from", id, "data", new Json(data))));
        return Uni.createFrom().item(answer(Map.of("topic", topic)));
    }

    Uni<Json> leave(RequestObject request) {
        String topic = request.string("topic");
        drop(topic);
        return Uni.createFrom().item(answer(Map.of("topic", topic)));
    }

    Uni<Json> list(RequestObject request) {
        return service.list(
                        identity(), request.string("topic"), request.optionalString("after"), request.number("limit"))
                .map(page -> {
                    var fields = new LinkedHashMap<String, Object>();
                    page.addTo(fields);
                    return answer(fields);
                });
    }

    /** The topic of a request that the others are told of. */
    private String admitted(RequestObject request) {
        allowance.take();
        String topic = request.string("topic");
        service.authorize(identity(), topic);
        service.requireAvailable();
        return topic;
    }

    private Optional<String> checked(String field, Optional<String> json) {
        json.ifPresent(text ->
                FieldRules.json(field, text, service.options().presence().stateBytes()));
        return json;
    }

    private String member(String topic) {
        return Optional.ofNullable(joined.get(topic))
                .filter(id -> !id.isEmpty())
                .orElseThrow(() -> TopicMembers.notJoined(topic));
    }

    private Identity identity() {
        return socket.get(Identity.class)
                .orElseThrow(() -> new CollabException(Code.UNAUTHENTICATED, "this socket has not signed in"));
    }

    static Json answer(Map<String, ?> more) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("ok", true);
        fields.putAll(more);
        return Json.of(fields);
    }

    private void forget(String topic) {
        onLoop(() -> drop(topic));
    }

    private void drop(String topic) {
        joined.remove(topic);
        socket.leave(PresenceEvents.ROOM + topic);
        service.leave(topic, this);
    }

    private void onLoop(Runnable task) {
        if (socket.loop().inEventLoop()) {
            task.run();
        } else {
            socket.loop().execute(task);
        }
    }

    @Override
    public String id() {
        return socket.id();
    }

    /** Told as if the member had left: for this socket it has. */
    @Override
    public void taken(String topic, String member) {
        onLoop(() -> {
            joined.remove(topic);
            socket.leave(PresenceEvents.ROOM + topic);
            socket.emit(PresenceEvents.LEFT, Member.told(topic, member));
        });
    }

    /** A member on its way. Called on the topic's thread. */
    private final class Entering implements PresenceService.Joining {

        private final String topic;
        private final UniEmitter<? super Json> emitter;
        private final AtomicBoolean over;

        Entering(String topic, UniEmitter<? super Json> emitter, AtomicBoolean over) {
            this.topic = topic;
            this.emitter = emitter;
            this.over = over;
        }

        @Override
        public boolean wanted() {
            return !over.get() && !gone;
        }

        /** The room is entered before the answer leaves, for it may be refused; what happens next is told after it. */
        @Override
        public void joined(MemberToken token, Json member, MemberPage page) {
            socket.join(PresenceEvents.ROOM + topic)
                    .whenComplete((entered, error) -> onLoop(() -> {
                        if (error == null) {
                            joined.replace(topic, token.member());
                            emitter.complete(answer(token, member, page));
                        } else {
                            emitter.fail(new CollabException(Code.CONFLICT, error.getMessage()));
                        }
                    }));
        }

        @Override
        public void failed(Throwable error) {
            emitter.fail(error);
        }

        private Json answer(MemberToken token, Json member, MemberPage page) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("member", member);
            fields.put("token", token.text());
            page.addTo(fields);
            return SocketPresence.answer(fields);
        }
    }
}
