package io.collabcluster.cluster.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.socketio.Answers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatheringTest {

    @Test
    void aNodeWhoseLeaseHasEndedIsNotWaitedForThoughRedisCountsIt() {
        var gathering = asked(3, "a", "b", "dead");
        answer(gathering, "a");
        recheck(gathering, 3, "a", "b", "dead");
        recheck(gathering, 3, "a", "b");
        assertThat(gathering.result()).isNotDone();
        answer(gathering, "b");
        recheck(gathering, 3, "a", "b");

        assertThat(done(gathering).all()).containsExactly("a", "b");
        assertThat(done(gathering).missing()).isZero();
    }

    @Test
    void aNodeThatAnsweredAndDiedStandsForNoOther() {
        var gathering = asked(2, "a", "dead");
        answer(gathering, "dead");
        recheck(gathering, 2, "a");
        assertThat(gathering.result()).isNotDone();
        answer(gathering, "a");

        assertThat(done(gathering).all()).containsExactly("dead", "a");
    }

    @Test
    void aNodeThatRedisDidNotCountAnyMoreIsNotTakenOffTwice() {
        var gathering = asked(2, "a", "b", "left");
        answer(gathering, "a");
        recheck(gathering, 2, "a", "b");
        assertThat(gathering.result()).isNotDone();
        gathering.expire(2, Set.of("a", "b"));

        assertThat(done(gathering).missing()).isEqualTo(1);
        assertThat(done(gathering).missingNodes()).containsExactly("b");
    }

    @Test
    void ofServersWithoutNamesAsManyAreAwaitedAsRedisCounts() {
        var gathering = asked(3, "a", "dead");
        answer(gathering, "a");
        recheck(gathering, 3, "a");
        assertThat(gathering.result()).isNotDone();
        gathering.answer(Optional.empty(), List.of("nameless"));
        recheck(gathering, 3, "a");

        assertThat(done(gathering).all()).containsExactly("a", "nameless");
    }

    private static Gathering<String> asked(int counted, String... names) {
        var gathering = new Gathering<String>(Set.of(names));
        gathering.expect(counted);
        return gathering;
    }

    private static Answers<String> done(Gathering<String> gathering) {
        assertThat(gathering.result()).isCompleted();
        return gathering.result().join();
    }

    private static void answer(Gathering<String> gathering, String node) {
        gathering.answer(Optional.of(node), List.of(node));
    }

    /** Twice: the first time after an answer, those that are missing are given an interval more. */
    private static void recheck(Gathering<String> gathering, int counted, String... names) {
        gathering.recheck(counted, Set.of(names));
        gathering.recheck(counted, Set.of(names));
    }
}
