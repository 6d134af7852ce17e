package io.collabcluster.collab.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The feeds of the topics that have subscribers on this node. Each topic has one home thread, by its hash. A feed hears
 * what other nodes commit; and every few seconds the heads of all topics are compared with the database, so that a change
 * whose news was lost comes late, and is not missed.
 */
public final class TopicFeeds implements AutoCloseable {

    private final ChangeSource source;
    private final TopicRoom room;
    private final TopicNews news;
    private final List<? extends ScheduledExecutorService> loops;
    private final int pageSize;
    private final Map<String, TopicFeed> feeds = new ConcurrentHashMap<>();
    private final HeadsComparison heads;
    private final ScheduledFuture<?> comparison;

    /**
     * @param loops the home threads, e.g. the event loops; each runs one task at a time, in order
     * @param pageSize most changes of one page
     * @param every how often the heads are compared
     */
    public TopicFeeds(
            ChangeSource source,
            TopicRoom room,
            TopicNews news,
            List<? extends ScheduledExecutorService> loops,
            int pageSize,
            Duration every) {
        this.source = source;
        this.room = room;
        this.news = news;
        this.loops = List.copyOf(loops);
        this.pageSize = pageSize;
        heads = new HeadsComparison(source, this::delivered, this::found);
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
        tell(topic, feed -> feed.unsubscribe(id));
    }

    /** This node has committed a change. Any thread, any order. */
    public void committed(TopicChange change) {
        var once = new WrittenChange(change);
        news.announce(once);
        offer(once);
    }

    /** A change that is committed, on this node or elsewhere. Any thread, any order, any number of times. */
    public void offer(TopicChange change) {
        tell(change.topic(), feed -> feed.offer(change));
    }

    /** Looks for what was missed now, as after a time without the database or without the news. */
    public void compareHeads() {
        heads.ask(feeds.keySet());
    }

    private long delivered(String topic) {
        TopicFeed feed = feeds.get(topic);
        return feed == null ? OrderedChanges.UNKNOWN : feed.delivered();
    }

    private void found(String topic, long head, long deliveredThen) {
        tell(topic, feed -> feed.found(head, deliveredThen));
    }

    private void tell(String topic, Consumer<TopicFeed> word) {
        home(topic).execute(() -> {
            TopicFeed feed = feeds.get(topic);
            if (feed != null) {
                word.accept(feed);
            }
        });
    }

    /**
     * What is committed before the news is heard is in the first subscriber's page, or is found when the heads are compared
     * as soon as the news is heard: there is no hole between.
     */
    private TopicFeed feed(String topic) {
        TopicNews.Listening listening = news.listen(topic, new TopicNews.Listener() {
            @Override
            public void changed(TopicChange change) {
                offer(change);
            }

            @Override
            public void at(long head) {
                tell(topic, feed -> feed.noted(head));
            }
        });
        listening.active().thenRun(() -> heads.ask(List.of(topic)));
        return new TopicFeed(topic, source, room, home(topic), pageSize, () -> {
            feeds.remove(topic);
            listening.close();
        });
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
