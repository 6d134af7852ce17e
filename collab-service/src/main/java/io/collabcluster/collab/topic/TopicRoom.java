package io.collabcluster.collab.topic;

/** Where a feed delivers to. Called on the feed's thread; a topic's changes come in order and once. */
@FunctionalInterface
public interface TopicRoom {

    void deliver(TopicChange change);
}
