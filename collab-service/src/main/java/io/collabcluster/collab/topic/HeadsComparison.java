package io.collabcluster.collab.topic;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;

/** Asks the database where topics are: many in one statement, and one statement at a time. Any thread. */
final class HeadsComparison {

    private static final Logger LOG = Logger.getLogger(HeadsComparison.class);

    /** Topics in one statement. */
    private static final int BATCH = 1_000;

    /** Takes an answer, on any thread. */
    @FunctionalInterface
    interface Found {

        /** @param deliveredThen what the feed had delivered before the database was asked */
        void at(String topic, long head, long deliveredThen);
    }

    private final ChangeSource source;
    private final ToLongFunction<String> delivered;
    private final Found found;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asking = new AtomicBoolean();

    HeadsComparison(ChangeSource source, ToLongFunction<String> delivered, Found found) {
        this.source = source;
        this.delivered = delivered;
        this.found = found;
    }

    /** What is asked while a statement is under way goes into the next. */
    void ask(Collection<String> topics) {
        waiting.addAll(topics);
        next();
    }

    private void next() {
        while (!waiting.isEmpty() && asking.compareAndSet(false, true)) {
            Map<String, Long> batch = batch();
            if (!batch.isEmpty()) {
                ask(batch);
                return;
            }
            asking.set(false);
        }
    }

    private Map<String, Long> batch() {
        var batch = new HashMap<String, Long>();
        var topics = waiting.iterator();
        while (topics.hasNext() && batch.size() < BATCH) {
            String topic = topics.next();
            topics.remove();
            batch.put(topic, delivered.applyAsLong(topic));
        }
        return batch;
    }

    private void ask(Map<String, Long> batch) {
        source.heads(batch.keySet())
                .subscribe()
                .with(
                        heads -> {
                            batch.forEach((topic, then) -> found.at(topic, heads.getOrDefault(topic, 0L), then));
                            asking.set(false);
                            next();
                        },
                        error -> {
                            // The periodic comparison, or the database's return, asks again.
                            LOG.debugf("the heads of topics can't be read: %s", error.getMessage());
                            asking.set(false);
                        });
    }
}
