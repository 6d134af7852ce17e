package io.collabcluster.socketio;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/** Running something on an event loop: at once by the loop itself, else later, in the order of each calling thread. */
final class LoopTasks {

    private LoopTasks() {}

    /** A loop that has ended runs nothing any more: its sockets are gone. */
    static void run(EventLoop loop, Runnable task) {
        run(loop, task, () -> {});
    }

    /** @param ended runs instead when the loop has ended */
    static void run(EventLoop loop, Runnable task, Runnable ended) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            ended.run();
        }
    }

    /** @return fails with what the task throws of this layer's exceptions */
    static CompletionStage<Void> complete(EventLoop loop, Runnable task, Runnable ended) {
        var done = new CompletableFuture<Void>();
        run(
                loop,
                () -> {
                    try {
                        task.run();
                        done.complete(null);
                    } catch (SocketIoException e) {
                        done.completeExceptionally(e);
                    }
                },
                () -> {
                    ended.run();
                    done.complete(null);
                });
        return done;
    }
}
