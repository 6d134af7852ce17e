package io.collabcluster.cluster.adapter;

import io.collabcluster.cluster.redis.Bus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The channels of the rooms that this node holds, and of no others: what is sent to a room costs only the nodes that
 * have members in it. A room is held by its members, and for a while by those that were lost and may come back.
 *
 * <p>The room of a single socket has a channel too, although it costs two commands in a client's life: a Node server and
 * every emitter publish there what is for that socket, and a pattern for all of them would bring each node what is for
 * the sockets of the others. The bus sends such commands many at a time.
 */
final class RoomChannels {

    private final Function<String, Optional<Bus.Subscription>> subscribe;
    private final Map<String, Held> rooms = new ConcurrentHashMap<>();

    RoomChannels(Function<String, Optional<Bus.Subscription>> subscribe) {
        this.subscribe = subscribe;
    }

    private record Held(int holders, Optional<Bus.Subscription> subscription) {}

    /** Under the room's lock, so that a channel is never left behind what was asked last. */
    void hold(String room) {
        rooms.compute(
                room,
                (name, held) -> held == null
                        ? new Held(1, subscribe.apply(name))
                        : new Held(held.holders() + 1, held.subscription()));
    }

    void release(String room) {
        rooms.computeIfPresent(room, (name, held) -> {
            if (held.holders() > 1) {
                return new Held(held.holders() - 1, held.subscription());
            }
            held.subscription().ifPresent(Bus.Subscription::close);
            return null;
        });
    }

    void close() {
        rooms.keySet()
                .forEach(room -> rooms.computeIfPresent(room, (name, held) -> {
                    held.subscription().ifPresent(Bus.Subscription::close);
                    return null;
                }));
    }
}
