package io.collabcluster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestRedisTest {

    private static final String APPENDING = "appendonly yes";

    @Test
    void startsAgainOnItsPortWithoutTheData() {
        try (var redis = TestRedis.start()) {
            assertThat(redis.command("SET", "a", "ä")).isEqualTo("OK");
            assertThat(redis.command("GET", "a")).isEqualTo("ä");
            redis.kill();
            redis.startAgain();
            assertThat(redis.command("GET", "a")).isNull();
        }
    }

    @Test
    void whatIsAppendedToAFileIsThereAgainUnlessItIsForgotten() {
        assertForgetsOnlyWhenTold(TestRedis.start(APPENDING));
    }

    @Test
    void redis7ForgetsToo() {
        assertForgetsOnlyWhenTold(Redis7.start(APPENDING));
    }

    private static void assertForgetsOnlyWhenTold(TestRedis redis) {
        try (redis) {
            redis.command("SET", "a", "b");
            assertThatThrownBy(redis::forget).hasMessageContaining("Redis runs");
            redis.restart();
            assertThat(redis.command("GET", "a")).isEqualTo("b");
            redis.kill();
            redis.forget();
            redis.startAgain();
            assertThat(redis.command("GET", "a")).isNull();
        }
    }

    @Test
    void redis7HasShardedPublish() {
        try (var redis = Redis7.start()) {
            assertThat(redis.command("SPUBLISH", "a", "b")).isEqualTo(0L);
        }
    }

    @Test
    void aClusterSharesTheSlotsAndHasReplicas() {
        List<TestRedis> nodes = Redis7.cluster(4, 3);
        try {
            assertThat((List<?>) nodes.getLast().command("CLUSTER", "SLOTS")).hasSize(3);
            assertThat(nodes.getLast().command("ROLE").toString()).startsWith("[slave");
        } finally {
            nodes.forEach(TestRedis::close);
        }
    }
}
