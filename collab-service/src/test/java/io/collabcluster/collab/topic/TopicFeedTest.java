package io.collabcluster.collab.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.collab.CollabException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicFeedTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final Log log = new Log();
    private final List<Long> delivered = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
    private final List<Long> setBackTo = new CopyOnWriteArrayList<>();
    private final Heard news = new Heard();
    private final TopicRoom room = new TopicRoom() {
        @Override
        public void deliver(TopicChange change) {
            delivered.add(change.sequence());
        }

        @Override
        public void setBack(String topic, long head) {
            setBackTo.add(head);
        }
    };
    private TopicFeeds feeds = feeds(NEVER);

    private TopicFeeds feeds(Duration every) {
        return new TopicFeeds(log, room, news, List.of(loop, other), 100, every);
    }

    @AfterEach
    void stop() {
        feeds.close();
        loop.shutdownNow();
        other.shutdownNow();
    }

    @Test
    void changesThatComeInAnyOrderAreDeliveredInOrderAndOnce() {
        join("a", OptionalLong.of(0));
        List<TopicChange> changes = log.append(200);
        List<TopicChange> shuffled = new ArrayList<>(changes);
        shuffled.addAll(changes.subList(50, 150));
        Collections.shuffle(shuffled, ThreadLocalRandom.current());
        shuffled.forEach(feeds::offer);

        await().untilAsserted(() -> assertThat(delivered).hasSize(200));
        assertThat(delivered).containsExactlyElementsOf(upTo(200));
    }

    @Test
    void aHoleIsFilledFromTheDatabase() {
        join("a", OptionalLong.of(0));
        List<TopicChange> changes = log.append(5);
        feeds.offer(changes.get(0));
        feeds.offer(changes.get(4));

        await().untilAsserted(() -> assertThat(delivered).containsExactlyElementsOf(upTo(5)));
    }

    @Test
    void aChangeWhoseNewsWasLostIsFoundByComparingHeads() {
        join("a", OptionalLong.of(0));
        log.append(3);
        assertThat(delivered).isEmpty();
        feeds.compareHeads();

        await().untilAsserted(() -> assertThat(delivered).containsExactlyElementsOf(upTo(3)));
    }

    @Test
    void headsAreComparedAgainAndAgain() {
        feeds.close();
        feeds = feeds(Duration.ofMillis(20));
        join("a", OptionalLong.of(0));
        log.append(3);
        await().untilAsserted(() -> assertThat(delivered).hasSize(3));
        log.append(2);
        await().untilAsserted(() -> assertThat(delivered).containsExactlyElementsOf(upTo(5)));
    }

    @Test
    void aHoleIsFilledOnceTheDatabaseIsBack() {
        join("a", OptionalLong.of(0));
        log.away = true;
        List<TopicChange> changes = log.append(3);
        feeds.offer(changes.get(2));
        await().until(() -> log.reads.get() > 1);
        assertThat(delivered).isEmpty();
        log.away = false;

        await().untilAsserted(() -> assertThat(delivered).containsExactlyElementsOf(upTo(3)));
    }

    @Test
    void farMoreThanIsHeldBackIsReadAgain() {
        join("a", OptionalLong.of(0));
        List<TopicChange> changes = log.append(2_000);
        changes.subList(1, 2_000).forEach(feeds::offer);

        await().untilAsserted(() -> assertThat(delivered).hasSize(2_000));
        assertThat(delivered).containsExactlyElementsOf(upTo(2_000));
    }

    @Test
    void aPageThatIsNotTheLastDoesNotJoin() {
        log.append(250);
        Outcome first = subscribe("a", OptionalLong.of(0));

        assertThat(first.live()).isFalse();
        assertThat(first.sequences()).containsExactlyElementsOf(upTo(100));
        await().until(() -> feeds.topics() == 0);
        assertThat(subscribe("a", OptionalLong.of(100)).live()).isFalse();
        assertThat(subscribe("a", OptionalLong.of(200)).live()).isTrue();
        assertThat(feeds.topics()).isEqualTo(1);
    }

    @Test
    void withoutANumberNothingIsReplayed() {
        log.append(7);
        Outcome outcome = subscribe("a", OptionalLong.empty());

        assertThat(outcome.live()).isTrue();
        assertThat(outcome.page().head()).isEqualTo(7);
        assertThat(outcome.sequences()).isEmpty();
        log.append(1).forEach(feeds::offer);
        await().untilAsserted(() -> assertThat(delivered).containsExactly(8L));
    }

    @Test
    void aNumberThatTheTopicNeverReachedIsAnError() {
        log.append(2);
        var failure = subscribe("a", OptionalLong.of(9)).error();

        assertThat(failure).isInstanceOfSatisfying(CollabException.class, error -> {
            assertThat(error.code()).isEqualTo(CollabException.Code.CONFLICT);
            assertThat(error).hasMessageContaining("at 2").hasMessageContaining("9");
        });
    }

    @Test
    void subscribingDuringAStreamLeavesNothingOutAndRepeatsNothing() {
        log.slow = true;
        join("first", OptionalLong.of(0));
        var posting = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 1_000; i++) {
                TopicChange change = log.append(1).getFirst();
                if (i % 10 != 0) {
                    feeds.offer(change);
                }
            }
        });
        var outcomes = new ArrayList<Outcome>();
        long have = 0;
        while (!posting.isDone()) {
            Outcome outcome = subscribe("s" + outcomes.size(), OptionalLong.of(have));
            outcomes.add(outcome);
            have = outcome.live() ? 0 : outcome.page().last();
        }
        posting.join();
        feeds.compareHeads();
        await().untilAsserted(() -> assertThat(delivered).hasSize(1_000));

        assertThat(delivered).containsExactlyElementsOf(upTo(1_000));
        assertThat(outcomes).isNotEmpty();
        for (Outcome outcome : outcomes) {
            // What the page has, ends where the room goes on.
            assertThat(outcome.sequences())
                    .containsExactlyElementsOf(LongStream.rangeClosed(
                                    outcome.page().after() + 1, outcome.page().last())
                            .boxed()
                            .toList());
            if (outcome.live()) {
                assertThat(outcome.page().last()).isEqualTo(outcome.deliveredThen());
            }
        }
    }

    @Test
    void aFeedWithoutSubscribersVanishes() {
        join("a", OptionalLong.of(0));
        join("b", OptionalLong.of(0));
        assertThat(feeds.topics()).isEqualTo(1);
        feeds.unsubscribe("t", "a");
        feeds.unsubscribe("t", "a");
        log.append(1).forEach(feeds::offer);
        await().until(() -> delivered.size() == 1);
        feeds.unsubscribe("t", "b");

        await().until(() -> feeds.topics() == 0);
        log.append(1).forEach(feeds::offer);
        assertThat(subscribe("c", OptionalLong.of(1)).sequences()).containsExactly(2L);
        assertThat(delivered).containsExactly(1L);
    }

    @Test
    void whatIsCommittedBeforeTheNewsIsHeardIsNotMissed() {
        join("a", OptionalLong.of(0));
        log.append(2);
        assertThat(delivered).isEmpty();
        news.active.complete(null);

        await().untilAsserted(() -> assertThat(delivered).containsExactlyElementsOf(upTo(2)));
    }

    @Test
    void aFeedHearsTheNewsOfItsTopicUntilItVanishes() {
        join("a", OptionalLong.of(0));
        assertThat(news.topics).containsOnlyKeys("t");
        log.append(1).forEach(news.topics.get("t")::changed);
        await().until(() -> delivered.size() == 1);
        log.append(2);
        news.topics.get("t").at(3);
        await().untilAsserted(() -> assertThat(delivered).containsExactlyElementsOf(upTo(3)));
        feeds.unsubscribe("t", "a");

        await().untilAsserted(() -> assertThat(news.topics).isEmpty());
    }

    @Test
    void whatThisNodeCommitsIsAnnouncedWhetherItHasSubscribersOrNot() {
        log.append(2).forEach(feeds::committed);

        assertThat(news.announced).containsExactly(1L, 2L);
    }

    @Test
    void newsThatRunsAheadOfTheFirstPageIsFilledIn() {
        log.append(1);
        log.slow = true;
        var joining = CompletableFuture.supplyAsync(() -> subscribe("a", OptionalLong.of(0)));
        await().until(() -> log.reads.get() == 1);
        List<TopicChange> changes = log.append(3);
        feeds.offer(changes.get(2));
        Outcome outcome = joining.join();

        await().untilAsserted(() ->
                assertThat(outcome.sequences().size() + delivered.size()).isEqualTo(4));
    }

    @Test
    void aNumberThatNobodyReachedIsNotBelieved() {
        join("a", OptionalLong.of(0));
        news.topics.get("t").at(1_000);
        feeds.offer(new Numbered("t", 900, "of nobody"));
        await().until(() -> log.reads.get() > 1);
        int reads = log.reads.get();
        log.append(2).forEach(feeds::offer);

        await().untilAsserted(() -> assertThat(delivered).containsExactlyElementsOf(upTo(2)));
        assertThat(log.reads.get()).isLessThanOrEqualTo(reads + 1);
        assertThat(setBackTo).isEmpty();
    }

    @Test
    void aTopicThatWasSetBackIsBegunAnew() {
        join("a", OptionalLong.of(0));
        log.append(5).forEach(feeds::offer);
        await().until(() -> delivered.size() == 5);
        log.setBack(3);
        log.append(1).forEach(feeds::offer);
        feeds.compareHeads();

        await().untilAsserted(() -> assertThat(setBackTo).containsExactly(4L));
        await().until(() -> feeds.topics() == 0);
        delivered.clear();
        assertThat(subscribe("a", OptionalLong.of(5)).error()).hasMessageContaining("at 4");
        join("a", OptionalLong.of(4));
        log.append(1).forEach(feeds::offer);
        await().untilAsserted(() -> assertThat(delivered).containsExactly(5L));
    }

    @Test
    void aTopicThatWasSetBackAndHasComeFartherSinceIsBegunAnew() {
        join("a", OptionalLong.of(0));
        log.append(10).forEach(feeds::offer);
        await().until(() -> delivered.size() == 10);
        log.setBack(8);
        log.subjects = "another ";
        log.append(3).forEach(feeds::offer);

        await().untilAsserted(() -> assertThat(setBackTo).containsExactly(11L));
        await().until(() -> feeds.topics() == 0);
    }

    @Test
    void aChangeThatTheDatabaseDoesNotHaveSetsNothingBack() {
        join("a", OptionalLong.of(0));
        log.append(3).forEach(feeds::offer);
        await().until(() -> delivered.size() == 3);
        int reads = log.reads.get();
        feeds.offer(new Numbered("t", 2, "of nobody"));
        await().until(() -> log.reads.get() > reads);
        log.append(1).forEach(feeds::offer);

        await().untilAsserted(() -> assertThat(delivered).containsExactlyElementsOf(upTo(4)));
        assertThat(setBackTo).isEmpty();
    }

    @Test
    void aTopicThatIsGoneIsSetBackToNothing() {
        join("a", OptionalLong.of(0));
        log.append(2).forEach(feeds::offer);
        await().until(() -> delivered.size() == 2);
        log.setBack(0);
        feeds.compareHeads();

        await().untilAsserted(() -> assertThat(setBackTo).containsExactly(0L));
    }

    private record Outcome(boolean live, ChangePage page, Throwable error, long deliveredThen) {
        List<Long> sequences() {
            return page.changes().stream().map(TopicChange::sequence).toList();
        }
    }

    private void join(String id, OptionalLong after) {
        assertThat(subscribe(id, after).live()).isTrue();
    }

    private Outcome subscribe(String id, OptionalLong after) {
        var outcome = new CompletableFuture<Outcome>();
        feeds.subscribe("t", id, after, new Subscriber() {
            @Override
            public void live(ChangePage page) {
                outcome.complete(new Outcome(true, page, null, delivered.size()));
            }

            @Override
            public void more(ChangePage page) {
                outcome.complete(new Outcome(false, page, null, 0));
            }

            @Override
            public void failed(Throwable error) {
                outcome.complete(new Outcome(false, null, error, 0));
            }
        });
        return outcome.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private record Numbered(String topic, long sequence, String subject) implements TopicChange {
        @Override
        public String event() {
            return "test";
        }

        @Override
        public String json() {
            return "{}";
        }
    }

    /** What the feeds hear, and what they say. */
    private static final class Heard implements TopicNews {
        private final Map<String, Listener> topics = new ConcurrentHashMap<>();
        private final List<Long> announced = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> active = new CompletableFuture<>();

        @Override
        public void announce(TopicChange change) {
            announced.add(change.sequence());
        }

        @Override
        public Listening listen(String topic, Listener listener) {
            topics.put(topic, listener);
            return new Listening() {
                @Override
                public CompletionStage<Void> active() {
                    return active;
                }

                @Override
                public void close() {
                    topics.remove(topic);
                }
            };
        }
    }

    /** What is committed. */
    private static final class Log implements ChangeSource {
        private final List<TopicChange> changes = new CopyOnWriteArrayList<>();
        private final AtomicInteger reads = new AtomicInteger();
        private volatile String subjects = "";
        private volatile boolean away;
        private volatile boolean slow;

        List<TopicChange> append(int count) {
            int from = changes.size();
            changes.addAll(LongStream.rangeClosed(from + 1L, from + count)
                    .mapToObj(number -> new Numbered("t", number, subjects + number))
                    .toList());
            return changes.subList(from, from + count).stream().toList();
        }

        void setBack(int head) {
            while (changes.size() > head) {
                changes.removeLast();
            }
        }

        @Override
        public Uni<ChangePage> changes(String topic, long after, int limit) {
            reads.incrementAndGet();
            return answer(() -> {
                List<TopicChange> committed = List.copyOf(changes);
                int head = committed.size();
                int from = (int) Math.min(after, head);
                return new ChangePage(topic, head, after, committed.subList(from, Math.min(head, from + limit)));
            });
        }

        @Override
        public Uni<Map<String, Long>> heads(Collection<String> topics) {
            return answer(() -> changes.isEmpty() ? Map.of() : Map.of("t", (long) changes.size()));
        }

        private <T> Uni<T> answer(Supplier<T> read) {
            if (away) {
                return Uni.createFrom().failure(new IllegalStateException("away"));
            }
            Uni<T> answer = Uni.createFrom().item(read);
            return slow
                    ? answer.onItem()
                            .delayIt()
                            .by(Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, 4)))
                    : answer;
        }
    }
}
