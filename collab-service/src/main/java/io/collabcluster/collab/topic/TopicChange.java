package io.collabcluster.collab.topic;

/** One numbered, committed change of a topic. */
public interface TopicChange {

    String topic();

    /** The topic's number of this change: 1, 2, 3 and so on without a gap. */
    long sequence();

    /** The Socket.IO event that tells subscribers, e.g. {@code comment:posted}. */
    String event();

    /** What it changed: the same wherever, and whenever, this change is read; mostly another for another change. */
    String subject();

    /** The event's one argument, and the entry of a page of changes: a JSON object. */
    String json();
}
