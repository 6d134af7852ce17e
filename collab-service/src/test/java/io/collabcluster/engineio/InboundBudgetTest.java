package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboundBudgetTest {

    private final List<Boolean> reading = new ArrayList<>();
    private final InboundBudget budget = new InboundBudget(100, reading::add);

    @Test
    void readingStopsOverTheLimitAndGoesOnUnderHalfOfIt() {
        budget.take(100);
        assertThat(reading).isEmpty();
        budget.take(1);
        assertThat(reading).containsExactly(false);
        assertThat(budget.paused()).isTrue();
        budget.give(51);
        assertThat(reading).containsExactly(false);
        budget.give(1);
        assertThat(reading).containsExactly(false, true);
        assertThat(budget.paused()).isFalse();
    }

    @Test
    void readingStopsOnce() {
        budget.take(200);
        budget.take(200);
        assertThat(reading).containsExactly(false);
        budget.give(400);
        assertThat(reading).containsExactly(false, true);
    }
}
