package io.collabcluster.socketio;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** One task on each event loop that has members. */
final class FanOut {

    private static final long GATHER_SECONDS = 5;

    private FanOut() {}

    static void run(List<RoomIndex> targets, Consumer<RoomIndex> task) {
        run(targets, task, () -> {});
    }

    /**
     * The other loops' tasks are handed out first: what this thread does itself they need not wait for.
     *
     * @param ended runs instead for a loop that has ended
     */
    static void run(List<RoomIndex> targets, Consumer<RoomIndex> task, Runnable ended) {
        RoomIndex here = null;
        for (RoomIndex index : targets) {
            if (index.loop().inEventLoop()) {
                here = index;
            } else {
                LoopTasks.run(index.loop(), () -> task.accept(index), ended);
            }
        }
        if (here != null) {
            task.accept(here);
        }
    }

    /** Asks every socket that the options select. */
    static <T> CompletionStage<List<T>> gather(
            List<RoomIndex> targets, BroadcastOptions options, Function<Socket, T> ask) {
        var parts = new ArrayList<CompletableFuture<List<T>>>();
        for (RoomIndex index : targets) {
            var part = new CompletableFuture<List<T>>();
            parts.add(part);
            Runnable task = () -> {
                var found = new ArrayList<T>();
                index.select(options, socket -> found.add(ask.apply(socket)));
                part.complete(found);
            };
            LoopTasks.run(index.loop(), task, () -> part.complete(List.of()));
        }
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .orTimeout(GATHER_SECONDS, TimeUnit.SECONDS)
                .thenApply(done -> parts.stream()
                        .map(CompletableFuture::join)
                        .flatMap(Collection::stream)
                        .toList());
    }
}
