package io.collabcluster.collab.topic;

/** Where a feed delivers to. Called on the feed's thread; a topic's changes come in order and once. */
@FunctionalInterface
public interface TopicRoom {

    void deliver(TopicChange change);

    /**
     * The database was set back, e.g. to a backup: the topic is at a lower number than its subscribers were told of. They
     * are subscribed no longer.
     */
    default void setBack(String topic, long head) {}
}
