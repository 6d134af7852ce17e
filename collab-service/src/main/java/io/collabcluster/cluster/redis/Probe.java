package io.collabcluster.cluster.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import java.util.OptionalLong;

/**
 * Messages of this process to itself: whoever hears them is subscribed, and can publish. What is missed is counted and not
 * timed, so that a pause of this process is not taken for one of Redis. Touched on the bus's event loop only.
 */
final class Probe {

    private static final int MOST_DIGITS = 19;

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

    /** What this process did not publish itself proves nothing, whoever did. */
    private void heard(Buffer message) {
        OptionalLong number = number(message);
        if (number.isPresent() && number.getAsLong() <= sent) {
            unheard = 0;
            if (number.getAsLong() >= sought) {
                proven.tryComplete();
            }
        }
    }

    private static OptionalLong number(Buffer message) {
        try {
            return message.length() > MOST_DIGITS
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(message.toString()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
