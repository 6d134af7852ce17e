package io.collabcluster.collab.topic;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Word of committed changes between nodes. It may be lost, come twice or out of order: the feeds put it into order, and
 * read what is missing. Any thread; nothing blocks.
 */
public interface TopicNews {

    /** One node alone: what it commits, its feeds are told anyway. */
    TopicNews NONE = new TopicNews() {
        @Override
        public void announce(TopicChange change) {}

        @Override
        public Listening listen(String topic, Listener listener) {
            return new Listening() {
                @Override
                public CompletionStage<Void> active() {
                    return new CompletableFuture<>();
                }

                @Override
                public void close() {}
            };
        }
    };

    /** Tells the other nodes of a change that this one has committed. */
    void announce(TopicChange change);

    /** Hears of a topic's changes until it is closed. */
    Listening listen(String topic, Listener listener);

    /** Called on any thread: must not block. */
    interface Listener {

        void changed(TopicChange change);

        /** The topic is at this number; the change itself was too large to travel, and is in the database. */
        void at(long head);
    }

    interface Listening {

        /** Completes when whatever is announced from then on is heard, unless it is lost; never, where nothing is heard. */
        CompletionStage<Void> active();

        void close();
    }
}
