package io.collabcluster.socketio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Takes a socket's events through its middlewares to its listeners, one after another. An event that waits is told to
 * the session as being in service, so that the client is not read from when too much does.
 */
final class EventPipeline {

    private static final long MIDDLEWARE_SECONDS = 30;

    /** Beside its arguments, what a waiting event costs; so that many without any count too. */
    static final int OVERHEAD = 256;

    private final Socket socket;
    private final SocketEvents events;
    private final Queue<Packet.Event> waiting = new ArrayDeque<>(0);
    private List<PacketMiddleware> middlewares = List.of();
    private boolean busy;

    EventPipeline(Socket socket, SocketEvents events) {
        this.socket = socket;
        this.events = events;
    }

    void use(PacketMiddleware middleware) {
        var more = new ArrayList<>(middlewares);
        more.add(middleware);
        middlewares = List.copyOf(more);
    }

    void accept(Packet.Event event) {
        if (busy) {
            socket.session().hold(cost(event));
            waiting.add(event);
        } else {
            pass(event, 0);
        }
    }

    private void pass(Packet.Event event, int from) {
        for (int i = from; i < middlewares.size(); i++) {
            CompletableFuture<Void> stage = ask(middlewares.get(i), event).toCompletableFuture();
            if (!stage.isDone()) {
                await(stage, event, i + 1);
                return;
            }
            if (stage.isCompletedExceptionally()) {
                events.error(stage.exceptionNow());
                return;
            }
        }
        if (socket.connected()) {
            events.event(event, acknowledgement(event));
        }
    }

    private static CompletionStage<Void> ask(PacketMiddleware middleware, Packet.Event event) {
        try {
            return middleware.pass(event.name(), event.arguments());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void await(CompletableFuture<Void> stage, Packet.Event event, int next) {
        busy = true;
        int bytes = cost(event);
        socket.session().hold(bytes);
        stage.copy()
                .orTimeout(MIDDLEWARE_SECONDS, TimeUnit.SECONDS)
                .whenComplete((done, error) -> socket.execute(() -> {
                    busy = false;
                    socket.session().unhold(bytes);
                    if (error == null) {
                        pass(event, next);
                    } else {
                        events.error(error);
                    }
                    passWaiting();
                }));
    }

    private void passWaiting() {
        while (!busy && !waiting.isEmpty()) {
            Packet.Event event = waiting.remove();
            socket.session().unhold(cost(event));
            pass(event, 0);
        }
    }

    private static int cost(Packet.Event event) {
        return Math.addExact(event.arguments().bytes(), OVERHEAD);
    }

    private Acknowledgement acknowledgement(Packet.Event event) {
        return event.acknowledgement().isPresent()
                ? new RequestedAcknowledgement(socket, event.acknowledgement().getAsLong())
                : Acknowledgement.NONE;
    }
}
