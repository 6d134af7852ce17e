package io.collabcluster.collab.topic;

import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What this node's subscribers of one topic have been told. Changes come as they are committed, in any order and perhaps
 * twice; they are delivered in order and once. What does not come is read from the database. Belongs to one thread.
 */
final class TopicFeed {

    private static final Logger LOG = Logger.getLogger(TopicFeed.class);

    /** A predecessor is mostly on its way: its commit was acknowledged to another thread or node. */
    private static final long PATIENCE_MILLIS = 50;

    private static final long RETRY_MILLIS = 1_000;

    /** A subscriber whose page is ahead of what the others were told. */
    private record Ahead(String id, Subscriber subscriber, ChangePage page) {}

    private final String topic;
    private final ChangeSource source;
    private final TopicRoom room;
    private final ScheduledExecutorService loop;
    private final int pageSize;
    private final Runnable deserted;

    private final OrderedChanges changes;
    private final Set<String> subscribers = new HashSet<>();
    private final List<Ahead> ahead = new ArrayList<>();
    private long head = OrderedChanges.UNKNOWN;
    private int joining;
    private boolean filling;
    private boolean verifying;
    private boolean gone;

    /** @param deserted called when nobody is subscribed or about to be */
    TopicFeed(
            String topic,
            ChangeSource source,
            TopicRoom room,
            ScheduledExecutorService loop,
            int pageSize,
            Runnable deserted) {
        this.topic = topic;
        this.source = source;
        this.room = room;
        this.loop = loop;
        this.pageSize = pageSize;
        this.deserted = deserted;
        changes = new OrderedChanges(room);
    }

    /** Any thread. */
    long delivered() {
        return changes.delivered();
    }

    void subscribe(String id, OptionalLong after, Subscriber subscriber) {
        if (after.isEmpty() && changes.begun()) {
            long now = changes.delivered();
            join(id, subscriber, new ChangePage(topic, now, now, List.of()));
            return;
        }
        joining++;
        var page = after.isPresent()
                ? source.changes(topic, after.getAsLong(), pageSize)
                : source.heads(List.of(topic)).map(heads -> {
                    long now = heads.getOrDefault(topic, 0L);
                    return new ChangePage(topic, now, now, List.of());
                });
        page.subscribe()
                .with(
                        read -> loop.execute(() -> read(id, subscriber, read)),
                        error -> loop.execute(() -> {
                            joining--;
                            subscriber.failed(error);
                            vanish();
                        }));
    }

    private void read(String id, Subscriber subscriber, ChangePage page) {
        joining--;
        if (page.after() > page.head()) {
            subscriber.failed(setBack(page.after(), page.head()));
            vanish();
            return;
        }
        if (!page.complete() || gone) {
            subscriber.more(page);
            vanish();
            return;
        }
        if (!changes.begun()) {
            changes.begin(page.head());
        }
        head = Math.max(head, page.head());
        page.changes().forEach(this::accept);
        if (page.head() > changes.delivered()) {
            joining++;
            ahead.add(new Ahead(id, subscriber, page));
            fill();
        } else {
            catchUp(id, subscriber, page);
            fillSoon();
        }
    }

    /** The page was read when the topic was at its head; since then others may have been told more. */
    private void catchUp(String id, Subscriber subscriber, ChangePage page) {
        var since = changes.since(page.head());
        if (since.isEmpty()) {
            subscriber.more(page);
            vanish();
            return;
        }
        var all = new ArrayList<TopicChange>(page.changes());
        all.addAll(since.get());
        join(id, subscriber, new ChangePage(topic, changes.delivered(), page.after(), all));
    }

    private void join(String id, Subscriber subscriber, ChangePage page) {
        subscribers.add(id);
        subscriber.live(page);
    }

    void unsubscribe(String id) {
        subscribers.remove(id);
        vanish();
    }

    private void vanish() {
        if (subscribers.isEmpty() && joining == 0) {
            end();
        }
    }

    private void end() {
        if (!gone) {
            gone = true;
            deserted.run();
        }
    }

    /** A committed change, of this node or another. */
    void offer(TopicChange change) {
        if (changes.begun() && change.sequence() <= changes.delivered() && changes.contradicts(change)) {
            verify(change.sequence());
            return;
        }
        head = Math.max(head, change.sequence());
        accept(change);
        fillSoon();
    }

    /**
     * Two changes had this number. Where the database has another one than the subscribers, it was set back, and has come
     * past its former head since.
     */
    private void verify(long number) {
        if (verifying) {
            return;
        }
        verifying = true;
        source.changes(topic, number - 1, 1)
                .subscribe()
                .with(
                        page -> loop.execute(() -> {
                            verifying = false;
                            if (!gone && page.changes().stream().anyMatch(changes::contradicts)) {
                                setBack(page.head());
                            }
                        }),
                        error -> loop.schedule(
                                () -> {
                                    verifying = false;
                                    if (!gone) {
                                        verify(number);
                                    }
                                },
                                RETRY_MILLIS,
                                TimeUnit.MILLISECONDS));
    }

    /** Somebody says that the topic is at this number, and that the database has it. */
    void noted(long number) {
        head = Math.max(head, number);
        if (changes.begun() && changes.delivered() < head) {
            fill();
        }
    }

    /** @param deliveredThen {@link #delivered} before the database was asked */
    void found(long number, long deliveredThen) {
        if (number < deliveredThen && number < changes.delivered()) {
            setBack(number);
        } else {
            head = Math.max(head, number);
            fillSoon();
        }
    }

    private void accept(TopicChange change) {
        changes.accept(change);
        if (changes.begun()) {
            var reached = ahead.stream()
                    .filter(waiting -> waiting.page().head() <= changes.delivered())
                    .toList();
            ahead.removeAll(reached);
            joining -= reached.size();
            reached.forEach(waiting -> catchUp(waiting.id(), waiting.subscriber(), waiting.page()));
        }
    }

    private void fillSoon() {
        if (changes.begun() && changes.delivered() < head && !filling && !gone) {
            fillIn(PATIENCE_MILLIS);
        }
    }

    private void fillIn(long millis) {
        filling = true;
        loop.schedule(
                () -> {
                    filling = false;
                    if (changes.delivered() < head && !gone) {
                        fill();
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void fill() {
        if (filling) {
            return;
        }
        filling = true;
        long then = changes.delivered();
        long claimed = head;
        source.changes(topic, then, pageSize)
                .subscribe()
                .with(
                        page -> loop.execute(() -> {
                            filling = false;
                            if (!gone) {
                                filled(page, then, claimed);
                            }
                        }),
                        error -> loop.execute(() -> fillIn(RETRY_MILLIS)));
    }

    private void filled(ChangePage page, long then, long claimed) {
        if (page.head() < then) {
            setBack(page.head());
            return;
        }
        if (page.head() < claimed) {
            // Whoever claimed it was wrong: what is announced is committed, and this was read after that.
            changes.forgetBehind(page.head());
            head = page.head();
        }
        head = Math.max(head, page.head());
        page.changes().forEach(this::accept);
        if (changes.delivered() < head) {
            fillIn(page.changes().isEmpty() ? RETRY_MILLIS : 0);
        }
    }

    private void setBack(long number) {
        LOG.warnf(
                "the topic %s is at %d, and was at %d: the database was set back. Its subscribers are told to begin anew",
                topic, number, changes.delivered());
        ahead.forEach(
                waiting -> waiting.subscriber().failed(setBack(waiting.page().head(), number)));
        joining -= ahead.size();
        ahead.clear();
        subscribers.clear();
        room.setBack(topic, number);
        end();
    }

    private static CollabException setBack(long after, long head) {
        return new CollabException(
                Code.CONFLICT,
                "after: the topic is at " + head + ", and never was at " + after
                        + ": list its comments anew, and subscribe after its head");
    }
}
