package io.collabcluster.engineio;

import static io.collabcluster.engineio.RepeatedPolls.Poll.AGAIN;
import static io.collabcluster.engineio.RepeatedPolls.Poll.NEXT;
import static io.collabcluster.engineio.RepeatedPolls.Poll.UNCLEAR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepeatedPollsTest {

    private static List<RepeatedPolls.Poll> of(String... timestamps) {
        var polls = new RepeatedPolls();
        return Arrays.stream(timestamps)
                .map(timestamp -> polls.include(Optional.ofNullable(timestamp)))
                .toList();
    }

    @Test
    void whoChangesTheTimestampHasTheLastAnswer() {
        assertThat(of("a", "b", "c", "a")).containsExactly(NEXT, NEXT, NEXT, NEXT);
    }

    @Test
    void whoHasChangedItAndSendsItAgainHasNot() {
        assertThat(of("a", "b", "b")).containsExactly(NEXT, NEXT, AGAIN);
    }

    @Test
    void ofOneThatNeverChangesItCannotBeTold() {
        assertThat(of("a", "a", "a")).containsExactly(NEXT, UNCLEAR, UNCLEAR);
    }

    @Test
    void norOfOneThatHasNone() {
        assertThat(of(null, null, null)).containsExactly(UNCLEAR, UNCLEAR, UNCLEAR);
    }
}
