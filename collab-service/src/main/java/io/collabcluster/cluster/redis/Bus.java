package io.collabcluster.cluster.redis;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletionStage;

/**
 * Publish and subscribe between processes that share a Redis: at most once, in order for each channel and publisher.
 * Any thread; nothing blocks. One connection publishes, pipelined and in batches; one subscribes (in a Redis Cluster
 * with sharded channels: one for each shard).
 */
public interface Bus {

    /**
     * Hands a message on.
     *
     * @param message not to be changed any more
     * @return false when it was dropped, because Redis is away or too much waits already
     */
    boolean publish(String channel, Buffer message);

    /**
     * Hears a channel from now on. Subscriptions are counted: Redis sees one for each channel, and it ends with the last.
     * It outlives a loss of the connection.
     */
    Subscription subscribe(String channel, Listener listener);

    /** Takes messages, one at a time and in order, on the bus's event loop: must not block. */
    @FunctionalInterface
    interface Listener {
        void message(Buffer message);
    }

    interface Subscription {

        /** Completes when Redis has confirmed it; what is published after that is heard. */
        CompletionStage<Void> active();

        void close();
    }

    /** How many connections hear a channel, on all masters. Fails when Redis is away. */
    CompletionStage<Integer> subscribers(String channel);

    /** Whether Redis is there, everything is subscribed, and this process has lately heard what it published itself. */
    boolean isUp();

    /**
     * @param watcher told of each change of {@link #isUp} after it happened, on the bus's event loop; after a loss, what
     *     was published meanwhile was not heard
     */
    void watch(Watcher watcher);

    @FunctionalInterface
    interface Watcher {
        void changed(boolean up);
    }
}
