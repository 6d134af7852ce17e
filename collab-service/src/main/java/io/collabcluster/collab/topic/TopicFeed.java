package io.collabcluster.collab.topic;

import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What this node's subscribers of one topic have been told. Changes come as they are committed, in any order and perhaps
 * twice; they are delivered in order and once. A change that came before its predecessor is held back, and what does
 * not come is read from the database. Belongs to one thread.
 */
final class TopicFeed {

    /** Changes held back while a predecessor is missing; those further ahead are read again. */
    private static final int HELD = 256;

    /** Changes kept for a subscriber whose page was read a moment ago. */
    private static final int RECENT = 64;

    /** A predecessor is mostly on its way: its commit was acknowledged to another thread. */
    private static final long PATIENCE_MILLIS = 50;

    private static final long RETRY_MILLIS = 1_000;
    private static final long UNKNOWN = -1;

    /** A subscriber whose page is ahead of what the others were told. */
    private record Ahead(String id, Subscriber subscriber, ChangePage page) {}

    private final String topic;
    private final ChangeSource source;
    private final TopicRoom room;
    private final ScheduledExecutorService loop;
    private final int pageSize;
    private final Runnable deserted;

    private final TreeMap<Long, TopicChange> held = new TreeMap<>();
    private final Deque<TopicChange> recent = new ArrayDeque<>();
    private final Set<String> subscribers = new HashSet<>();
    private final List<Ahead> ahead = new ArrayList<>();
    private long delivered = UNKNOWN;
    private long head = UNKNOWN;
    private int joining;
    private boolean filling;
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
    }

    void subscribe(String id, OptionalLong after, Subscriber subscriber) {
        if (after.isEmpty() && delivered != UNKNOWN) {
            join(id, subscriber, new ChangePage(topic, delivered, delivered, List.of()));
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
            subscriber.failed(new CollabException(
                    Code.CONFLICT,
                    "after: the topic is at " + page.head() + ", and never was at " + page.after()
                            + ": list its comments anew, and subscribe after its head"));
            vanish();
            return;
        }
        if (!page.complete()) {
            subscriber.more(page);
            vanish();
            return;
        }
        if (delivered == UNKNOWN) {
            begin(page.head());
        }
        head = Math.max(head, page.head());
        page.changes().forEach(this::accept);
        if (page.head() > delivered) {
            joining++;
            ahead.add(new Ahead(id, subscriber, page));
            fill();
        } else {
            catchUp(id, subscriber, page);
        }
    }

    private void begin(long number) {
        delivered = number;
        head = Math.max(head, number);
        held.headMap(number, true).clear();
        deliverHeld();
    }

    /** The page was read when the topic was at its head; since then others may have been told more. */
    private void catchUp(String id, Subscriber subscriber, ChangePage page) {
        long missing = delivered - page.head();
        if (missing > recent.size()) {
            subscriber.more(page);
            vanish();
            return;
        }
        var changes = new ArrayList<TopicChange>(page.changes());
        recent.stream().skip(recent.size() - missing).forEach(changes::add);
        join(id, subscriber, new ChangePage(topic, delivered, page.after(), changes));
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
        if (subscribers.isEmpty() && joining == 0 && !gone) {
            gone = true;
            deserted.run();
        }
    }

    /** A committed change, of this node or another. */
    void offer(TopicChange change) {
        head = Math.max(head, change.sequence());
        accept(change);
        if (delivered != UNKNOWN && delivered < head && !filling) {
            fillIn(PATIENCE_MILLIS);
        }
    }

    /** The database says that the topic is at this number. */
    void at(long number) {
        head = Math.max(head, number);
        if (delivered != UNKNOWN && delivered < head) {
            fill();
        }
    }

    private void accept(TopicChange change) {
        if (delivered == UNKNOWN || change.sequence() > delivered) {
            held.putIfAbsent(change.sequence(), change);
            if (delivered != UNKNOWN) {
                deliverHeld();
            }
            if (held.size() > HELD) {
                held.pollLastEntry();
            }
        }
    }

    private void deliverHeld() {
        for (var next = held.remove(delivered + 1); next != null; next = held.remove(delivered + 1)) {
            delivered++;
            if (recent.size() == RECENT) {
                recent.removeFirst();
            }
            recent.addLast(next);
            room.deliver(next);
        }
        var reached = ahead.stream()
                .filter(waiting -> waiting.page().head() <= delivered)
                .toList();
        ahead.removeAll(reached);
        joining -= reached.size();
        reached.forEach(waiting -> catchUp(waiting.id(), waiting.subscriber(), waiting.page()));
    }

    private void fillIn(long millis) {
        filling = true;
        loop.schedule(
                () -> {
                    filling = false;
                    if (delivered < head && !gone) {
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
        source.changes(topic, delivered, pageSize)
                .subscribe()
                .with(
                        page -> loop.execute(() -> {
                            filling = false;
                            if (!gone) {
                                filled(page);
                            }
                        }),
                        error -> loop.execute(() -> fillIn(RETRY_MILLIS)));
    }

    private void filled(ChangePage page) {
        head = Math.max(head, page.head());
        page.changes().forEach(this::accept);
        if (delivered < head) {
            fillIn(page.changes().isEmpty() ? RETRY_MILLIS : 0);
        }
    }
}
