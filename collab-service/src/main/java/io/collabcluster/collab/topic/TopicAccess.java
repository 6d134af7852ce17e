package io.collabcluster.collab.topic;

import io.collabcluster.access.Identity;
import io.collabcluster.collab.CollabException;

/** Who may know what happens on a topic. */
@FunctionalInterface
public interface TopicAccess {

    /**
     * Nothing, if this person may.
     *
     * @throws CollabException otherwise, and for a topic that can't be
     */
    void authorize(Identity reader, String topic);
}
