package io.collabcluster.cluster.adapter;

import io.collabcluster.socketio.LocalAdapter;
import io.collabcluster.socketio.RecoverableSession;
import io.collabcluster.socketio.RestoredSession;
import io.collabcluster.socketio.Socket;
import io.collabcluster.socketio.SocketIoOptions;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Connection state recovery on a node among others: the rooms of a lost socket are heard on while it may come back, and
 * it does not come back as if nothing had happened when meanwhile the bus was lost.
 */
final class LostSockets {

    private final Optional<SocketIoOptions.Recovery> options;
    private final LocalAdapter local;
    private final RoomChannels rooms;
    private final BusEras eras;
    private final Map<String, Loss> losses = new ConcurrentHashMap<>();

    /** No record: a socket can be lost twice in an era, and one loss is not the other. */
    private static final class Loss {
        private final long era;

        Loss(long era) {
            this.era = era;
        }
    }

    LostSockets(Optional<SocketIoOptions.Recovery> options, LocalAdapter local, RoomChannels rooms, BusEras eras) {
        this.options = options;
        this.local = local;
        this.rooms = rooms;
        this.eras = eras;
    }

    void persist(Socket socket, RecoverableSession session) {
        local.persist(socket, session);
        options.ifPresent(on -> {
            var loss = new Loss(eras.now());
            losses.put(session.pid(), loss);
            session.rooms().forEach(rooms::hold);
            Runnable end = () -> {
                losses.remove(session.pid(), loss);
                session.rooms().forEach(rooms::release);
            };
            socket.loop().schedule(end, on.maxDisconnectionDuration().toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    CompletionStage<Optional<RestoredSession>> restore(String pid, String offset, EventLoop loop) {
        Loss loss = losses.remove(pid);
        if (loss == null || loss.era != eras.now()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return local.restore(pid, offset, loop);
    }
}
