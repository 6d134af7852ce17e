package io.collabcluster.socketio;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connection state recovery on one node: a log per event loop, and where each lost session is kept. An event carries its
 * offset as its last argument; the client comes back with the last one that it got.
 */
final class LocalRecovery {

    private final Rooms rooms;
    private final Duration longest;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<RoomIndex, RecoveryLog> logs = new ConcurrentHashMap<>();
    private final Map<String, RoomIndex> whereabouts = new ConcurrentHashMap<>();

    LocalRecovery(Rooms rooms, Duration longest) {
        this.rooms = rooms;
        this.longest = longest;
    }

    /** Only for the index's loop. */
    RecoveryLog log(RoomIndex index) {
        return logs.computeIfAbsent(index, absent -> new RecoveryLog(longest.toNanos()));
    }

    RecoveryLog.Entry entry(Packet.Event event, BroadcastOptions options, List<RoomIndex> targets) {
        long number = numbers.incrementAndGet();
        var withOffset = new Packet.Event(
                event.namespace(),
                event.acknowledgement(),
                event.name(),
                event.arguments().with(RecoveryLog.Entry.offset(number)));
        return new RecoveryLog.Entry(number, withOffset, options, targets, System.nanoTime());
    }

    void persist(RoomIndex index, RecoverableSession session) {
        whereabouts.put(session.pid(), index);
        log(index).keep(session).ifPresent(whereabouts::remove);
        index.loop()
                .schedule(
                        () -> {
                            if (log(index).forget(session)) {
                                whereabouts.remove(session.pid(), index);
                            }
                        },
                        longest.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    CompletionStage<Optional<RestoredSession>> restore(String pid, String offset, EventLoop loop) {
        RoomIndex old = whereabouts.remove(pid);
        if (old == null) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        // Made first: whatever is broadcast from now on is given to this loop too.
        RoomIndex here = rooms.index(loop);
        var restored = new CompletableFuture<Optional<RestoredSession>>();
        Runnable take =
                () -> restored.complete(log(old).take(pid, offset, old).map(taken -> new Restored(taken, here)));
        LoopTasks.run(old.loop(), take, () -> restored.complete(Optional.empty()));
        return restored;
    }

    private final class Restored implements RestoredSession {
        private final RecoveryLog.Taken taken;
        private final RoomIndex here;

        Restored(RecoveryLog.Taken taken, RoomIndex here) {
            this.taken = taken;
            this.here = here;
        }

        @Override
        public RecoverableSession session() {
            return taken.session();
        }

        @Override
        public List<Packet.Event> missed() {
            return log(here).missed(taken, here);
        }
    }
}
