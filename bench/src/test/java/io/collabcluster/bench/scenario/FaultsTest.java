package io.collabcluster.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.bench.report.Metric;
import io.collabcluster.bench.report.Sample;
import io.collabcluster.bench.scenario.FaultyServer.Mistake;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server's one mistake is seen, and is counted once. */
class FaultsTest {

    private static final Scenario FAN_OUT = FanOut.oneRoom(1_000, 100);
    private static final Scenario REQUESTS = new Requests();

    @ParameterizedTest
    @CsvSource({
        "DROP, 1, 1 missing",
        "REPEAT, 1, 1 twice",
        "SWAP, 1, 1 out of order",
        "ALTER, 1, 1 altered",
        "SHORTEN, 1, 1 altered",
        "REPEAT_AND_DROP, 2, '1 missing, 1 twice'"
    })
    void aMistakeOfAFanOutIsLost(Mistake mistake, double lost, String remark) {
        List<Sample> samples = FAN_OUT.run(new FaultyServer(mistake), Size.TINY, 1);

        assertThat(samples.getFirst().figures()).containsEntry(Metric.LOST, lost);
        assertThat(samples.getFirst().remark()).contains(remark);
        assertThat(samples.getLast().figures()).containsEntry(Metric.LOST, 0.0);
    }

    @Test
    void whoIsCutOffDuringAFanOutIsAFault() {
        List<Sample> samples = FAN_OUT.run(new FaultyServer(Mistake.CUT), Size.TINY, 1);

        assertThat(samples.getFirst().remark().orElse("")).contains("1 cut off");
        assertThat(samples.getFirst().figures().get(Metric.LOST)).isPositive();
    }

    @Test
    void aSlowConsumersNeighboursMayLoseNothing() {
        assertThat(lost(new SlowConsumers(), Mistake.NONE)).isZero();
        assertThat(lost(new SlowConsumers(), Mistake.DROP_FOR_ALL))
                .as("what the two slow ones of 200 do not get is not counted")
                .isEqualTo(198);
    }

    @Test
    void aMessageToAnotherRoomIsWrong() {
        Sample sample = FanOut.manyRooms(1_000, 5, 100)
                .run(new FaultyServer(Mistake.NONE), Size.TINY, 1)
                .getFirst();

        assertThat(sample.remark().orElse(""))
                .as("the server knows one room only, so all get the messages to all")
                .matches("\\d+ wrong");
    }

    @Test
    void aRequestWithoutAnAnswerIsLost() {
        assertThat(lost(REQUESTS, Mistake.SILENCE)).isEqualTo(1);
    }

    @Test
    void anAnswerWithOtherDataIsLost() {
        assertThat(lost(REQUESTS, Mistake.GARBLE)).isEqualTo(1);
    }

    @Test
    void aRequesterThatIsCutOffIsAFaultAsIsItsRequest() {
        assertThat(lost(REQUESTS, Mistake.CUT)).isEqualTo(2);
    }

    @Test
    void whereNothingGoesWrongNothingIsLost() {
        assertThat(lost(REQUESTS, Mistake.NONE)).isZero();
        assertThat(lost(FAN_OUT, Mistake.NONE)).isZero();
    }

    private static double lost(Scenario scenario, Mistake mistake) {
        Sample sample = scenario.run(new FaultyServer(mistake), Size.TINY, 1).getFirst();
        assertThat(sample.figures().get(Metric.LOST) > 0)
                .isEqualTo(sample.remark()
                        .filter(text -> text.matches(".*\\d (missing|twice|out of order|wrong|altered|cut off).*"))
                        .isPresent());
        return sample.figures().get(Metric.LOST);
    }
}
