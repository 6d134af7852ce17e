package io.collabcluster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final Tally tally = new Tally();
    private final Inbox inbox = new Inbox(tally);

    private void take(long... numbers) {
        for (long number : numbers) {
            inbox.take(number, 1);
        }
    }

    private Map<Fault, Long> faults() {
        return tally.faults().counts().entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void whatComesInTurnIsCounted() {
        take(0, 1, 2);
        inbox.close(3);
        take(3);
        inbox.close(4);

        assertThat(tally.count()).isEqualTo(4);
        assertThat(faults()).isEmpty();
    }

    @Test
    void aHoleIsMissingOnce() {
        take(0, 3, 4);
        assertThat(faults()).isEmpty();

        inbox.close(5);
        inbox.close(5);

        assertThat(tally.count()).isEqualTo(3);
        assertThat(faults()).containsExactly(Map.entry(Fault.MISSING, 2L));
    }

    @Test
    void whatIsMissingAtTheBeginningAndAtTheEndIsMissing() {
        take(1, 2);
        inbox.close(4);

        assertThat(faults()).containsExactly(Map.entry(Fault.MISSING, 2L));
    }

    @Test
    void whatComesTwiceMakesUpForNothing() {
        take(0, 0, 2, 2, 1, 1);
        inbox.close(4);

        assertThat(tally.count()).isEqualTo(3);
        assertThat(faults())
                .containsOnly(Map.entry(Fault.TWICE, 3L), Map.entry(Fault.LATE, 1L), Map.entry(Fault.MISSING, 1L));
    }

    @Test
    void whatFillsAHoleIsLateAndNotMissing() {
        take(2, 1, 0, 3);
        inbox.close(4);

        assertThat(tally.count()).isEqualTo(4);
        assertThat(faults()).containsExactly(Map.entry(Fault.LATE, 2L));
    }

    @Test
    void whatComesAfterItsRoundWasMissingAlready() {
        take(0);
        inbox.close(2);
        take(1, 2);
        inbox.close(3);

        assertThat(tally.count()).isEqualTo(2);
        assertThat(faults()).containsOnly(Map.entry(Fault.MISSING, 1L), Map.entry(Fault.TWICE, 1L));
    }

    @Test
    void whatWasNeverSentIsWrong() {
        take(0, 1, 5, -1, Long.MAX_VALUE);
        inbox.close(1);
        take(1);
        inbox.close(2);

        assertThat(faults()).containsExactly(Map.entry(Fault.WRONG, 4L));
    }

    @Test
    void whatIsAlteredIsNotMissingBesides() {
        take(0);
        inbox.takeAltered();
        take(2);
        inbox.close(4);
        inbox.takeAltered();
        take(4);
        inbox.close(5);
        inbox.close(7);

        assertThat(tally.count()).isEqualTo(3);
        assertThat(faults()).containsOnly(Map.entry(Fault.ALTERED, 2L), Map.entry(Fault.MISSING, 3L));
    }

    @Test
    void everyMessageIsAccountedForInAnyOrder() {
        var random = new Random(11);
        for (int round = 1; round <= 200; round++) {
            long sent = round * 20L;
            var came = random.longs(25, sent - 20, sent).toArray();
            long counted = tally.count();
            long twice = tally.faults().of(Fault.TWICE);
            long missing = tally.faults().of(Fault.MISSING);
            take(came);
            inbox.close(sent);

            long different = java.util.Arrays.stream(came).distinct().count();
            assertThat(tally.count() - counted).isEqualTo(different);
            assertThat(tally.faults().of(Fault.TWICE) - twice).isEqualTo(25 - different);
            assertThat(tally.faults().of(Fault.MISSING) - missing).isEqualTo(20 - different);
        }
        assertThat(tally.faults().of(Fault.WRONG)).isZero();
    }
}
