package io.collabcluster.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTheMiddleTwo() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).contains(new Spread(2, 1, 9));
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0, 4.0))).contains(new Spread(3, 1, 9));
        assertThat(Spread.of(List.of(5.0))).contains(new Spread(5, 5, 5));
    }

    @Test
    void ofNothingThereIsNone() {
        assertThat(Spread.of(List.of())).isEmpty();
    }
}
