package io.collabcluster.cli.serve;

import io.collabcluster.cluster.redis.Bus;
import io.collabcluster.cluster.redis.DroppedMessages;
import io.collabcluster.cluster.redis.Names;
import io.collabcluster.collab.topic.TopicChange;
import io.collabcluster.collab.topic.TopicNews;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletionStage;

/** The topics' news over the nodes' Redis: a channel for each topic, which exactly the nodes hear that have subscribers of it. */
public final class BusTopicNews implements TopicNews {

    private final Bus bus;
    private final Names names;
    private final DroppedMessages dropped = new DroppedMessages();

    public BusTopicNews(Bus bus, Names names) {
        this.bus = bus;
        this.names = names;
    }

    /** Where Redis is away, the others find the change in the database. */
    @Override
    public void announce(TopicChange change) {
        bus.publish(channel(change.topic()), TopicMessage.encode(change));
    }

    @Override
    public Listening listen(String topic, Listener listener) {
        var subscription = bus.subscribe(channel(topic), message -> received(topic, message, listener));
        return new Listening() {
            @Override
            public CompletionStage<Void> active() {
                return subscription.active();
            }

            @Override
            public void close() {
                subscription.close();
            }
        };
    }

    private void received(String topic, Buffer message, Listener listener) {
        switch (TopicMessage.decode(topic, message)) {
            case TopicMessage.Changed changed -> listener.changed(changed);
            case TopicMessage.Head head -> listener.at(head.sequence());
            case TopicMessage.Garbage garbage -> dropped.add(channel(topic), garbage.fault());
        }
    }

    private String channel(String topic) {
        return names.channel("topic:" + topic);
    }

    /** Messages that were not understood. */
    public long dropped() {
        return dropped.count();
    }
}
