package io.collabcluster.socketio;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A client's way into a namespace: what it left behind is looked for, then every middleware is asked. */
final class ConnectAttempt {

    private static final Logger LOG = Logger.getLogger(ConnectAttempt.class);

    private final Connection connection;
    private final Namespace namespace;
    private final SocketHandshake handshake;
    private final ScheduledFuture<?> deadline;
    private Optional<RestoredSession> restored = Optional.empty();
    private Socket socket;
    private boolean over;

    ConnectAttempt(Connection connection, Namespace namespace, SocketHandshake handshake) {
        this.connection = connection;
        this.namespace = namespace;
        this.handshake = handshake;
        deadline = connection
                .session()
                .loop()
                .schedule(
                        () -> refuse(new ConnectRefusal("timeout")),
                        connection.options().connectTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    Namespace namespace() {
        return namespace;
    }

    void start() {
        Optional<RecoveryRequest> request =
                connection.options().connectionStateRecovery().flatMap(on -> RecoveryRequest.of(handshake.auth()));
        if (request.isEmpty()) {
            begin(Optional.empty());
            return;
        }
        var known = request.get();
        var loop = connection.session().loop();
        onLoop(
                namespace
                        .supersede(known.pid())
                        .thenCompose(done -> namespace.adapter().restore(known.pid(), known.offset(), loop)),
                this::begin,
                error -> {
                    LOG.errorf(error, "a session could not be restored: it begins anew");
                    begin(Optional.empty());
                });
    }

    private void begin(Optional<RestoredSession> found) {
        restored = found;
        var newPid = connection.options().connectionStateRecovery().map(on -> Ids.next());
        socket = new Socket(connection, namespace, handshake, newPid, found.map(RestoredSession::session));
        boolean skip = found.isPresent()
                && connection.options().connectionStateRecovery().orElseThrow().skipMiddlewares();
        ask(skip ? namespace.middlewares().size() : 0);
    }

    private void ask(int from) {
        for (int i = from; i < namespace.middlewares().size(); i++) {
            int next = i + 1;
            CompletableFuture<Void> stage =
                    admission(namespace.middlewares().get(i)).toCompletableFuture();
            if (!stage.isDone()) {
                onLoop(stage, admitted -> ask(next), this::refuse);
                return;
            }
            if (stage.isCompletedExceptionally()) {
                refuse(stage.exceptionNow());
                return;
            }
        }
        end();
        connection.connected(socket, restored);
    }

    private CompletionStage<Void> admission(ConnectMiddleware middleware) {
        try {
            return middleware.admit(socket);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private interface Next<T> {
        void go(T value);
    }

    private <T> void onLoop(CompletionStage<T> stage, Next<T> next, Next<Throwable> failed) {
        var loop = connection.session().loop();
        stage.whenComplete((value, error) -> {
            Runnable go = () -> {
                if (!over && error == null) {
                    next.go(value);
                } else if (!over) {
                    failed.go(error);
                }
            };
            LoopTasks.run(loop, go);
        });
    }

    private void refuse(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        abandon();
        if (cause instanceof ConnectRefusal refusal) {
            connection.refuse(namespace.name(), refusal);
        } else {
            LOG.errorf(cause, "a middleware of %s failed", namespace.name());
            connection.refuse(namespace.name(), new ConnectRefusal("Internal server error"));
        }
    }

    /** The session is closed, or the socket is not admitted. */
    void abandon() {
        end();
        if (socket != null) {
            socket.close(DisconnectReason.FORCED_CLOSE);
        }
        namespace.leave();
    }

    private void end() {
        over = true;
        deadline.cancel(false);
        connection.finished(this);
    }
}
