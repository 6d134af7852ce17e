package io.collabcluster.collab.presence;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    @Test
    void soManyAtOnceAndThenAsManyInASecond() {
        var clock = new AtomicLong(-5);
        var allowance = new Allowance(10, clock::get);
        for (int i = 0; i < 10; i++) {
            allowance.take();
        }
        assertThatThrownBy(allowance::take).hasMessageContaining("at most 10");
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        assertThatCode(allowance::take).doesNotThrowAnyException();
        assertThatThrownBy(allowance::take).hasMessageContaining("at most 10");
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        for (int i = 0; i < 10; i++) {
            allowance.take();
        }
        assertThatThrownBy(allowance::take).hasMessageContaining("at most 10");
    }
}
