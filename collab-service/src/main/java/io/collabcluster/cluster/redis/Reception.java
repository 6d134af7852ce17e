package io.collabcluster.cluster.redis;

import io.vertx.redis.client.Response;

/** Takes what comes on a wire's subscribing connection. */
record Reception(Wire wire, Subscriptions subscriptions, Link link) implements Wire.Ears {

    @Override
    public void confirmed(String channel) {
        subscriptions.confirmed(wire, channel);
    }

    @Override
    public void message(String channel, Response message) {
        subscriptions.message(channel, message);
    }

    @Override
    public void ended(String channel) {
        subscriptions.ended(wire, channel);
        link.moved(RedisFault.unavailable(RedisFault.at(wire.server()) + " has handed the channel " + channel + " on"));
    }

    @Override
    public void refused(RedisException error) {
        link.refused(wire, error);
    }
}
