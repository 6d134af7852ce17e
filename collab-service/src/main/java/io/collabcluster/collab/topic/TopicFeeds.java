package io.collabcluster.collab.topic;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The feeds of the topics that have subscribers on this node. Each topic has one home thread, by its hash. Every few
 * seconds the heads of them all are compared with the database: a change whose news was lost comes late, and is not
 * missed.
 */
public final class TopicFeeds implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TopicFeeds.class);

    /** Topics in one query for heads. */
    private static final int BATCH = 1_000;

    private final ChangeSource source;
    private final TopicRoom room;
    private final List<? extends ScheduledExecutorService> loops;
    private final int pageSize;
    private final Map<String, TopicFeed> feeds = new ConcurrentHashMap<>();
    private final AtomicBoolean comparing = new AtomicBoolean();
    private final ScheduledFuture<?> comparison;

    /**
     * @param loops the home threads, e.g. the event loops; each runs one task at a time, in order
     * @param pageSize most changes of one page
     * @param every how often the heads are compared
     */
    public TopicFeeds(
            ChangeSource source,
            TopicRoom room,
            List<? extends ScheduledExecutorService> loops,
            int pageSize,
            Duration every) {
        this.source = source;
        this.room = room;
        this.loops = List.copyOf(loops);
        this.pageSize = pageSize;
        comparison = loops.getFirst()
                .scheduleWithFixedDelay(this::compareHeads, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * @param id tells subscribers apart; the same one may subscribe to many topics
     * @param after the last number that the subscriber has; empty: nothing that is past is wanted
     */
    public void subscribe(String topic, String id, OptionalLong after, Subscriber subscriber) {
        home(topic).execute(() -> feeds.computeIfAbsent(topic, this::feed).subscribe(id, after, subscriber));
    }

    public void unsubscribe(String topic, String id) {
        home(topic).execute(() -> {
            TopicFeed feed = feeds.get(topic);
            if (feed != null) {
                feed.unsubscribe(id);
            }
        });
    }

    /** A change that is committed, on this node or elsewhere. Any thread, any order, any number of times. */
    public void offer(TopicChange change) {
        home(change.topic()).execute(() -> {
            TopicFeed feed = feeds.get(change.topic());
            if (feed != null) {
                feed.offer(change);
            }
        });
    }

    /** Looks for what was missed now, as after a time without the database. */
    public void compareHeads() {
        if (feeds.isEmpty() || !comparing.compareAndSet(false, true)) {
            return;
        }
        Multi.createFrom()
                .iterable(batches())
                .onItem()
                .transformToUniAndConcatenate(source::heads)
                .subscribe()
                .with(
                        heads -> heads.forEach(this::at),
                        error -> {
                            comparing.set(false);
                            LOG.debugf("the heads of topics can't be read: %s", error.getMessage());
                        },
                        () -> comparing.set(false));
    }

    private List<List<String>> batches() {
        var topics = List.copyOf(feeds.keySet());
        var batches = new ArrayList<List<String>>();
        for (int from = 0; from < topics.size(); from += BATCH) {
            batches.add(topics.subList(from, Math.min(from + BATCH, topics.size())));
        }
        return batches;
    }

    private void at(String topic, long head) {
        home(topic).execute(() -> {
            TopicFeed feed = feeds.get(topic);
            if (feed != null) {
                feed.at(head);
            }
        });
    }

    private TopicFeed feed(String topic) {
        return new TopicFeed(topic, source, room, home(topic), pageSize, () -> feeds.remove(topic));
    }

    private ScheduledExecutorService home(String topic) {
        return loops.get(Math.floorMod(topic.hashCode(), loops.size()));
    }

    /** How many topics have subscribers on this node. */
    public int topics() {
        return feeds.size();
    }

    @Override
    public void close() {
        comparison.cancel(false);
    }
}
