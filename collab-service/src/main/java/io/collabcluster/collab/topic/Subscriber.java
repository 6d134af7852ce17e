package io.collabcluster.collab.topic;

/** Someone who subscribes to a topic. Exactly one of the three is called, on the feed's thread. */
public interface Subscriber {

    /**
     * The page, and every later change through the room, leave nothing out and repeat nothing: whoever joins the room
     * before this returns gets what the feed delivers next.
     */
    void live(ChangePage page);

    /** More is missing behind the page: subscribe again from its last number. */
    void more(ChangePage page);

    void failed(Throwable error);
}
