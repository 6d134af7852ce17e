package io.collabcluster.cluster.roster;

import java.util.NavigableMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The members of groups, on all nodes, each with a value. A member belongs to the node that put it last; it goes when that
 * node removes it, or is gone itself.
 */
public interface Roster extends AutoCloseable {

    /**
     * Takes part in a group, until it is closed: nothing of the group is known to this node otherwise. One at a time for a
     * group.
     *
     * @param home the group's thread: it is used there only, and its listener is called there
     */
    Group open(String group, ScheduledExecutorService home, Listener listener);

    @Override
    void close();

    /** Belongs to its home thread. */
    interface Group {

        /** Completes, on the home thread, when this node knows the members of the others; pending while Redis is away. */
        CompletionStage<Void> ready();

        /** All nodes' members and their values, by id: a view that changes. */
        NavigableMap<String, String> members();

        /**
         * This node has the member from now on, whoever had it before. Whoever asks afterwards, finds it.
         *
         * @param member 1 to 64 of {@code A-Z a-z 0-9 _ -}
         * @param value a JSON object
         */
        void put(String member, String value);

        /** A member of this node has another value: told at once, and stored within a second. */
        void update(String member, String value);

        /** Nothing, unless the member is this node's. */
        void remove(String member);

        /** Whether the member is this node's. */
        boolean owns(String member);

        /** Whether the others know of all that this node said of its members, or will. */
        boolean isSettled();

        /** What is not settled, others may never know: that a member is gone, for instance. */
        void close();
    }

    /** Told of what other nodes do; called on the group's home thread. */
    interface Listener {

        void joined(String member, String value);

        void updated(String member, String value);

        void left(String member, String value);

        /** A member of this node is another's from now on. It has not left the group. */
        void taken(String member);
    }
}
