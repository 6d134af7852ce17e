package io.collabcluster.collab.presence;

/** The socket that a member is at. Called on the topic's thread. */
interface Holder {

    /** The socket's. */
    String id();

    /**
     * The member is at another socket now.
     *
     * @param member its JSON
     */
    void taken(String topic, String member);
}
