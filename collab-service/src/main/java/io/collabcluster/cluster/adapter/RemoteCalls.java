package io.collabcluster.cluster.adapter;

import io.collabcluster.socketio.Acknowledgement;
import io.collabcluster.socketio.Adapter;
import io.collabcluster.socketio.Answers;
import io.collabcluster.socketio.BroadcastOptions;
import io.collabcluster.socketio.Namespace;
import io.collabcluster.socketio.Payload;
import io.collabcluster.socketio.RemoteSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Does to this node's sockets what other nodes ask. Every question is answered, also when there is nothing to tell. */
final class RemoteCalls {

    private final Namespace namespace;
    private final Adapter local;
    private final Membership membership;
    private final Questions questions;
    private final Answering answering;

    /** Sends an answer to the node with a uid. */
    interface Answering {
        void send(Message.Answer answer, String to);
    }

    RemoteCalls(Namespace namespace, Adapter local, Membership membership, Questions questions, Answering answering) {
        this.namespace = namespace;
        this.local = local;
        this.membership = membership;
        this.questions = questions;
        this.answering = answering;
    }

    void take(Protocol.Incoming incoming) {
        take(incoming.message(), answer -> answering.send(answer, incoming.from()));
    }

    private void take(Message message, Consumer<Message.Answer> reply) {
        switch (message) {
            case Message.Broadcast(var event, var options) -> local.broadcast(event, options);
            case Message.Join(var options, var rooms) -> local.socketsJoin(options, rooms);
            case Message.Leave(var options, var rooms) -> local.socketsLeave(options, rooms);
            case Message.Disconnect(var options, var close) -> local.disconnectSockets(options, close);
            case Message.Confirmed confirmed -> confirmed(confirmed, reply);
            case Message.FetchSockets(var request, var options) ->
                find(options, found -> new Message.Sockets(request, membership.self(), found), reply);
            case Message.FetchIds(var request, var rooms) ->
                find(of(rooms), found -> new Message.SocketIds(request, ids(found)), reply);
            case Message.FetchRooms(var request) -> reply.accept(new Message.RoomNames(request, namespace.roomNames()));
            case Message.ServerSideEmit emit -> serverSide(emit, reply);
            case Message.BroadcastWithAck(var request, var event, var options, var timeout) ->
                local.broadcastWithAck(event, options, timeout, new Adapter.Responses() {
                    @Override
                    public void clients(Answers<Integer> counts) {
                        int sum = counts.all().stream()
                                .mapToInt(Integer::intValue)
                                .sum();
                        reply.accept(new Message.Clients(request, membership.self(), sum));
                    }

                    @Override
                    public void response(Payload payload) {
                        reply.accept(new Message.ClientResponse(request, payload));
                    }
                });
            case Message.Answer answer -> questions.answered(answer);
        }
    }

    private void confirmed(Message.Confirmed confirmed, Consumer<Message.Answer> reply) {
        if (namespace.find(confirmed.socket()).isPresent()) {
            take(confirmed.action(), reply);
            if (!confirmed.request().isEmpty()) {
                reply.accept(new Message.Done(confirmed.request()));
            }
        }
    }

    private void find(
            BroadcastOptions options,
            Function<List<RemoteSocket>, Message.Answer> answer,
            Consumer<Message.Answer> reply) {
        CompletionStage<Answers<RemoteSocket>> found = local.fetchSockets(options);
        found.thenAccept(sockets -> reply.accept(answer.apply(sockets.all())));
    }

    private static BroadcastOptions of(Set<String> rooms) {
        return new BroadcastOptions(rooms, Set.of(), false, true);
    }

    private static Set<String> ids(List<RemoteSocket> sockets) {
        return sockets.stream().map(RemoteSocket::id).collect(Collectors.toSet());
    }

    /** A Node server waits for as many answers as there are servers: one where nobody listens gives an empty one. */
    private void serverSide(Message.ServerSideEmit emit, Consumer<Message.Answer> reply) {
        if (emit.request().isEmpty()) {
            namespace.serverSideReceived(emit.event(), emit.arguments(), Acknowledgement.NONE);
            return;
        }
        var acknowledgement = new Reply(emit.request().get(), reply);
        if (!namespace.serverSideReceived(emit.event(), emit.arguments(), acknowledgement)) {
            acknowledgement.send();
        }
    }

    private final class Reply implements Acknowledgement {
        private final String request;
        private final Consumer<Message.Answer> reply;
        private final AtomicBoolean sent = new AtomicBoolean();

        Reply(String request, Consumer<Message.Answer> reply) {
            this.request = request;
            this.reply = reply;
        }

        @Override
        public boolean requested() {
            return true;
        }

        @Override
        public void send(Object... args) {
            Payload payload = Payload.of(args);
            if (sent.compareAndSet(false, true)) {
                reply.accept(new Message.ServerSideResponse(request, membership.self(), payload));
            }
        }
    }
}
