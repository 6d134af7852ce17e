package io.collabcluster.bench.peer.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Brings what is published to every event loop. */
final class Hub {

    /** The room that every connection is in. No client can name it: a room's name has no line feed in JSON. */
    static final String EVERYONE = "\n";

    private final Map<EventExecutor, Outbox> outboxes = new HashMap<>();

    Hub(EventLoopGroup loops, int pingInterval) {
        for (EventExecutor loop : loops) {
            outboxes.put(loop, new Outbox((EventLoop) loop));
        }
        loops.scheduleAtFixedRate(
                () -> publish(EVERYONE, Frames.text("2")), pingInterval, pingInterval, TimeUnit.MILLISECONDS);
    }

    Outbox outbox(EventLoop loop) {
        return outboxes.get(loop);
    }

    /** @param frame is released */
    void publish(String room, ByteBuf frame) {
        for (Outbox outbox : outboxes.values()) {
            outbox.add(room, frame.retainedDuplicate());
        }
        frame.release();
    }
}
