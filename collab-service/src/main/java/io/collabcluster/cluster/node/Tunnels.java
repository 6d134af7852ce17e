package io.collabcluster.cluster.node;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** WebSockets of other nodes' sessions: bytes, both ways, as fast as the slower side takes them. Any thread. */
final class Tunnels {

    /** What may wait for a side before the other is no longer read from. */
    private static final int MOST_WAITING_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final ForwardMetrics metrics;
    private final Set<NetSocket> clients = ConcurrentHashMap.newKeySet();

    Tunnels(Vertx vertx, ForwardMetrics metrics) {
        this.vertx = vertx;
        this.metrics = metrics;
    }

    /** Both sides are paused. The end of one is the other's. */
    void join(NetSocket client, NetSocket owner) {
        clients.add(client);
        metrics.tunnels(1);
        client.setWriteQueueMaxSize(MOST_WAITING_BYTES);
        owner.setWriteQueueMaxSize(MOST_WAITING_BYTES);
        client.closeHandler(_ -> {
            clients.remove(client);
            metrics.tunnels(-1);
            owner.close();
        });
        client.pipe().endOnFailure(true).to(owner).onComplete(_ -> owner.close());
        owner.pipe().endOnFailure(true).to(client).onComplete(_ -> client.close());
    }

    void closeWithin(Duration window) {
        int count = Math.max(1, clients.size());
        var turn = new AtomicInteger();
        clients.forEach(client -> {
            long delay = window.toMillis() * turn.getAndIncrement() / count;
            vertx.setTimer(Math.max(1, delay), _ -> client.close());
        });
    }
}
