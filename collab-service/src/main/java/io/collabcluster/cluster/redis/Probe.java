package io.collabcluster.cluster.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;

/**
 * Messages of this process to itself: whoever hears them is subscribed, and can publish. What is missed is counted and not
 * timed, so that a pause of this process is not taken for one of Redis. Touched on the bus's event loop only.
 */
final class Probe {

    private final Wire wire;
    private final Heard heard;
    private final Subscriptions subscriptions;
    private long sent;
    private int unheard;
    private long sought;
    private Promise<Void> proven = Promise.promise();

    /** @param channel this process's own, that belongs to the wire */
    Probe(Wire wire, String channel, Subscriptions subscriptions) {
        this.wire = wire;
        this.subscriptions = subscriptions;
        heard = new Heard(channel, this::heard, subscriptions::remove);
        subscriptions.add(heard);
    }

    Wire wire() {
        return wire;
    }

    String channel() {
        return heard.name();
    }

    /** Publishes one; to be called after the channel is subscribed. @return when it is heard */
    Future<Void> prove() {
        proven = Promise.promise();
        sought = sent + 1;
        return send().compose(_ -> proven.future());
    }

    /** @return Redis' answer, which says nothing of who heard it */
    Future<Response> send() {
        sent++;
        unheard++;
        return wire.publishing().send(wire.publish(channel()).arg(Long.toString(sent)));
    }

    /** How many in a row were not heard. */
    int unheard() {
        return unheard;
    }

    void close() {
        heard.close();
    }

    private void heard(Buffer message) {
        unheard = 0;
        if (Long.parseLong(message.toString()) >= sought) {
            proven.tryComplete();
        }
    }
}
