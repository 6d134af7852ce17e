package io.collabcluster.socketio;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The events that one client has yet to acknowledge: each with a deadline, and not more than a bound. */
final class Acknowledgements {

    static final int MOST = 10_000;

    private final Socket socket;
    private final Map<Long, Awaited> awaited = new HashMap<>(0);

    Acknowledgements(Socket socket) {
        this.socket = socket;
    }

    private record Awaited(CompletableFuture<Payload> result, ScheduledFuture<?> deadline) {}

    /** @return fails with {@link AckTimeout}, {@link AckRefused} or {@link SocketGone} */
    CompletableFuture<Payload> await(long id, Duration timeout) {
        var result = new CompletableFuture<Payload>();
        if (awaited.size() >= MOST) {
            result.completeExceptionally(new AckRefused(MOST));
            return result;
        }
        var deadline = socket.loop()
                .schedule(() -> expire(id, timeout), Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
        awaited.put(id, new Awaited(result, deadline));
        return result;
    }

    /** Late and unknown ones are ignored. */
    void received(Packet.Ack ack) {
        Awaited one = awaited.remove(ack.id());
        if (one != null) {
            one.deadline().cancel(false);
            one.result().complete(ack.arguments());
        }
    }

    void close() {
        var rest = List.copyOf(awaited.values());
        awaited.clear();
        for (Awaited one : rest) {
            one.deadline().cancel(false);
            one.result().completeExceptionally(new SocketGone(socket.id()));
        }
    }

    private void expire(long id, Duration timeout) {
        Awaited one = awaited.remove(id);
        if (one != null) {
            one.result().completeExceptionally(new AckTimeout(timeout));
        }
    }
}
