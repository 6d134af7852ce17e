package io.collabcluster.collab.session;

import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.collab.RequestObject;
import io.collabcluster.socketio.Acknowledgement;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Payload;
import io.collabcluster.socketio.Socket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;

/**
 * The requests of one socket, served one after the other in the order in which they came. Each is an event with one
 * object, and is answered by one: {@code {"ok":true,…}} or {@code {"ok":false,"error":{"code","message"}}}. What waits
 * counts as unserved input, so a client that asks faster than it is served is not read from. Belongs to the socket's loop.
 */
public final class SocketRequests {

    /** Beside its text, what a waiting request costs; so that many small ones count too. */
    private static final int OVERHEAD = 256;

    /** Answers the JSON object of the acknowledgement. */
    public interface Handler extends Function<RequestObject, Uni<Json>> {}

    private record Request(Payload payload, Acknowledgement ack, Handler handler, List<String> fields) {
        int bytes() {
            return payload.bytes() + OVERHEAD;
        }
    }

    private final Socket socket;
    private final Duration deadline;
    private final Function<Throwable, CollabException> explanation;
    private final Queue<Request> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean serving;

    /** @param explanation what a client is told about a failure */
    public SocketRequests(Socket socket, Duration deadline, Function<Throwable, CollabException> explanation) {
        this.socket = socket;
        this.deadline = deadline;
        this.explanation = explanation;
        socket.onDisconnect(reason -> forget());
    }

    /** @param fields all that the event's object may have */
    public void on(String event, List<String> fields, Handler handler) {
        socket.on(event, (payload, ack) -> {
            var request = new Request(payload, ack, handler, fields);
            socket.session().hold(request.bytes());
            waiting.add(request);
            serveNext();
        });
    }

    /** A loop, as many may wait that are answered at once. */
    private void serveNext() {
        if (serving) {
            return;
        }
        serving = true;
        while (!busy && !waiting.isEmpty()) {
            serve(waiting.remove());
        }
        serving = false;
    }

    private void serve(Request request) {
        busy = true;
        Uni.createFrom()
                .deferred(() -> request.handler().apply(object(request)))
                .ifNoItem()
                .after(deadline)
                .failWith(() -> new CollabException(
                        Code.UNAVAILABLE,
                        "no answer within " + deadline.toSeconds() + " s: it may be done or not; try again"))
                .subscribe()
                .with(
                        answer -> onLoop(() -> answer(request, answer)),
                        error -> onLoop(() -> answer(request, failure(error))));
    }

    /** At once on the loop: an answer has to leave before what the loop is told to send after it. */
    private void onLoop(Runnable task) {
        if (socket.loop().inEventLoop()) {
            task.run();
        } else {
            socket.loop().execute(task);
        }
    }

    private void answer(Request request, Json answer) {
        busy = false;
        request.ack().send(answer);
        socket.session().unhold(request.bytes());
        serveNext();
    }

    /** The session may go on without this socket. */
    private void forget() {
        waiting.forEach(request -> socket.session().unhold(request.bytes()));
        waiting.clear();
    }

    private static RequestObject object(Request request) {
        if (request.payload().size() != 1) {
            throw new CollabException(
                    Code.INVALID,
                    "expected one object, and got " + request.payload().size() + " arguments");
        }
        if (!request.payload().attachments().isEmpty()) {
            throw new CollabException(Code.INVALID, "binary data is not accepted here");
        }
        return RequestObject.parse(request.payload().json(0).text(), request.fields());
    }

    private Json failure(Throwable error) {
        CollabException explained = explanation.apply(error);
        return Json.of(Map.of(
                "ok", false, "error", Map.of("code", explained.code().word(), "message", explained.getMessage())));
    }
}
