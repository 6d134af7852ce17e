package io.collabcluster.cluster.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.cluster.redis.Bus;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuestionsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Membership TWO = new Membership() {
        @Override
        public Optional<String> self() {
            return Optional.of("self");
        }

        @Override
        public Set<String> nodes() {
            return Set.of("self", "other");
        }
    };

    /** It never says how many there are. */
    private static final Bus SILENT = new Bus() {
        @Override
        public boolean publish(String channel, Buffer message) {
            return true;
        }

        @Override
        public Subscription subscribe(String channel, Listener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Integer> subscribers(String channel) {
            return new CompletableFuture<>();
        }

        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public void watch(Watcher watcher) {
            throw new UnsupportedOperationException();
        }
    };

    @Test
    void whereTooMuchIsAskedAlreadyTheOthersClientsAreMissing() {
        var questions = new Questions(SILENT, "counted", TWO);
        for (int i = 0; i < Questions.MOST; i++) {
            questions.sockets("q" + i, LONG, () -> true);
        }
        assertThat(questions.sockets("one more", LONG, () -> true).toCompletableFuture())
                .isCompletedExceptionally();
        var counts = questions
                .clients("another", LONG, payload -> {}, () -> true)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();

        assertThat(counts.all()).isEmpty();
        assertThat(counts.missing()).isEqualTo(1);
        assertThat(counts.missingNodes()).containsExactly("other");
    }
}
