package io.collabcluster.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.TestRedis;
import io.collabcluster.cluster.redis.Names;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairShareTest {

    @Test
    void aNodeHasMoreThanItsShareOnlyBesideOthersThatRun() {
        try (var redis = TestRedis.start();
                var self = member(redis);
                var other = member(redis)) {
            self.start();
            assertThat(new FairShare(self.registry, self.uid, () -> 1_000).exceeded())
                    .isFalse();
            // The other one has 3.
            other.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> self.sees().contains(other.uid));
            assertThat(new FairShare(self.registry, self.uid, () -> 4).exceeded())
                    .isTrue();
            assertThat(new FairShare(self.registry, self.uid, () -> 3).exceeded())
                    .isFalse();
            other.state.set("draining");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !new FairShare(self.registry, self.uid, () -> 4).exceeded());
        }
    }

    @Test
    void aNodeThatIsNotRegisteredHasNoShareToExceed() {
        try (var redis = TestRedis.start();
                var self = member(redis);
                var other = member(redis)) {
            self.start();
            other.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> self.sees().contains(other.uid));
            assertThat(new FairShare(self.registry, "another process", () -> 1_000).exceeded())
                    .isFalse();
        }
    }

    private static TestRegistry member(TestRedis redis) {
        return new TestRegistry(
                redis.port(), new Names("share"), TestRegistry.FAST, Optional.empty(), Clock.systemUTC());
    }
}
