package io.collabcluster.collab.topic;

import java.util.List;

/**
 * Changes of a topic in order, read at one moment.
 *
 * @param head the topic's last number at that moment; 0 for a topic that nobody wrote to
 * @param after the number that the page starts behind
 */
public record ChangePage(String topic, long head, long after, List<? extends TopicChange> changes) {

    /** The last number that someone has who had {@code after} and got this page. */
    public long last() {
        return changes.isEmpty() ? after : changes.getLast().sequence();
    }

    /** Whether nothing was missing behind this page when it was read. */
    public boolean complete() {
        return last() >= head;
    }
}
