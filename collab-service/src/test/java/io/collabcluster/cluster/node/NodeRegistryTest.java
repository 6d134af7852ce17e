package io.collabcluster.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.RedisOfClass;
import io.collabcluster.cluster.redis.Names;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NodeRegistryTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Names NAMES = new Names("registry");
    private static final NodeRegistry.Timing SELDOM =
            new NodeRegistry.Timing(Duration.ofMinutes(10), Duration.ofMinutes(40));
    private static final String SECRET = NAMES.stored("nodes:secret");

    @RegisterExtension
    static final RedisOfClass REDIS = new RedisOfClass();

    private final List<TestRegistry> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(TestRegistry::close);
    }

    @Test
    void everyNodeSeesEveryOtherWithWhatItSays() {
        var a = node();
        var b = node();
        var c = node();
        awaitAllSee(a, b, c);
        var record = a.registry.find(b.registry.id()).orElseThrow();
        assertThat(record.uid()).isEqualTo(b.uid);
        assertThat(record.url()).contains("http://127.0.0.1:2");
        assertThat(record.connections()).isEqualTo(3);
        assertThat(record.isRunning()).isTrue();
        assertThat(Stream.of(a, b, c).map(n -> n.registry.id()).distinct()).hasSize(3);
        await().atMost(SOON).until(() -> a.joined.containsAll(List.of(b.uid, c.uid)));
        assertThat(a.joined).doesNotContain(a.uid);
        assertThat(a.left).isEmpty();
    }

    @Test
    void aNodeThatStopsIsGoneForEverybodyWhoLooks() {
        var a = node();
        var b = node();
        awaitAllSee(a, b);
        TestRegistry.await(b.registry.stop());
        TestRegistry.await(a.registry.look());
        assertThat(a.sees()).containsExactly(a.uid);
        await().atMost(SOON).until(() -> a.left.equals(List.of(b.uid)));
        assertThat(b.registry.isUp()).isFalse();
    }

    @Test
    void aNodeThatDiesWithoutAWordIsGoneWithItsLease() {
        var a = node();
        var b = node();
        awaitAllSee(a, b);
        b.kill();
        await().atMost(SOON).until(() -> a.left.equals(List.of(b.uid)));
        assertThat(a.sees()).containsExactly(a.uid);
    }

    @Test
    void withTheTimesOfProductionADeadNodeIsGoneWithinTenSeconds() {
        var a = node(NAMES, NodeRegistry.Timing.DEFAULTS, Optional.empty(), Clock.systemUTC());
        var b = node(NAMES, NodeRegistry.Timing.DEFAULTS, Optional.empty(), Clock.systemUTC());
        await().atMost(SOON).until(() -> a.sees().contains(b.uid));
        b.kill();
        await().atMost(SOON).until(() -> a.left.equals(List.of(b.uid)));
        var times = NodeRegistry.Timing.DEFAULTS;
        assertThat(times.lease().plus(times.beat())).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void theNodesClocksPlayNoPart() {
        var ahead = node(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5)));
        var behind = node(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-5)));
        var right = node();
        awaitAllSee(ahead, behind, right);
        await().during(TestRegistry.FAST.lease().multipliedBy(2))
                .atMost(SOON)
                .until(() -> Stream.of(ahead, behind, right).allMatch(n -> n.left.isEmpty() && n.registry.isUp()));
        ahead.kill();
        await().atMost(SOON)
                .until(() -> behind.left.equals(List.of(ahead.uid)) && right.left.equals(List.of(ahead.uid)));
    }

    @Test
    void aChangeIsKnownToWhoeverLooks() {
        var a = node();
        var b = node();
        awaitAllSee(a, b);
        b.state.set("draining");
        b.registry.changed();
        await().atMost(SOON).until(() -> {
            TestRegistry.await(a.registry.look());
            return a.registry.find(b.registry.id()).orElseThrow().state().equals("draining");
        });
    }

    @Test
    void nobodyLeavesWhenRedisLosesItsDataAndEverybodyIsBackUnderItsId() {
        var a = node();
        var b = node();
        awaitAllSee(a, b);
        var ids = List.of(a.registry.id(), b.registry.id());
        REDIS.get().restart();
        await().atMost(SOON)
                .until(() -> Long.valueOf(2).equals(REDIS.get().command("ZCARD", NAMES.stored("nodes:leases")))
                        && a.registry.isUp()
                        && b.registry.isUp());
        awaitAllSee(a, b);
        await().during(TestRegistry.FAST.lease().multipliedBy(2)).atMost(SOON).until(() -> a.left.isEmpty());
        assertThat(b.left).isEmpty();
        assertThat(List.of(a.forgotten.get(), b.forgotten.get())).containsExactly(1, 1);
        assertThat(List.of(a.registry.id(), b.registry.id())).isEqualTo(ids);
        assertThat(a.secret.sign("x")).isPresent().isEqualTo(b.secret.sign("x"));
    }

    @Test
    void whoDiesWhileRedisHasNoDataIsGoneALeaseLater() {
        var a = node();
        var b = node();
        awaitAllSee(a, b);
        REDIS.get().stop();
        b.kill();
        REDIS.get().startAgain();
        await().atMost(SOON).until(() -> a.left.equals(List.of(b.uid)));
    }

    @Test
    void aNodeThatStartsWithoutRedisHasNoIdUntilRedisIsThere() {
        REDIS.get().stop();
        TestRegistry a;
        try {
            a = node();
            assertThat(a.registry.isUp()).isFalse();
            assertThatThrownBy(a.registry::id).hasMessageContaining("not registered");
        } finally {
            REDIS.get().startAgain();
        }
        await().atMost(SOON).until(a.registry::isUp);
        assertThat(a.registry.id().text()).hasSize(4);
    }

    @Test
    void aLeaseThatIsNotRenewedEnds() {
        var a = node();
        REDIS.get().freeze();
        try {
            await().atMost(SOON).until(() -> !a.registry.isUp());
        } finally {
            REDIS.get().thaw();
        }
        await().atMost(SOON).until(a.registry::isUp);
    }

    @Test
    void aConfiguredIdThatAnotherLiveNodeHasEndsTheStart() {
        node("nod1");
        var second =
                new TestRegistry(REDIS.get().port(), NAMES, TestRegistry.FAST, Optional.of("nod1"), Clock.systemUTC());
        nodes.add(second);
        assertThatThrownBy(second::start)
                .isInstanceOf(NodeIdTakenException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("nod1");
    }

    @Test
    void aConfiguredIdIsHadAgainAfterAKill() {
        var first = node("nod1");
        first.kill();
        var second = node("nod1");
        assertThat(second.registry.id().text()).isEqualTo("nod1");
        assertThat(second.registry.isUp()).isTrue();
    }

    @Test
    void afterALossOfDataTheLaterOfTwoWithOneIdGetsAnother() {
        var first = node("nod1");
        var second =
                new TestRegistry(REDIS.get().port(), NAMES, TestRegistry.FAST, Optional.of("nod1"), Clock.systemUTC());
        nodes.add(second);
        second.address.set("127.0.0.1:9");
        var started = second.registry.start();
        // The data is gone, and the second is the first to come back.
        var record =
                first.registry.find(first.registry.id()).orElseThrow().json().put("uid", second.uid);
        REDIS.get().command("HSET", NAMES.stored("nodes:records"), "nod1", record.encode());

        await().atMost(SOON)
                .until(() -> started.succeeded()
                        && first.registry.isUp()
                        && !first.registry.id().text().equals("nod1"));
        assertThat(second.registry.id().text()).isEqualTo("nod1");
        awaitAllSee(first, second);
    }

    @Test
    void noLeaseIsLongerThanALease() {
        var a = node();
        var b = node();
        awaitAllSee(a, b);
        b.kill();
        // As after a fail-over to a Redis whose clock is behind.
        REDIS.get()
                .command(
                        "ZADD",
                        NAMES.stored("nodes:leases"),
                        "9000000000000000",
                        b.registry.id().text());
        await().atMost(SOON).until(() -> a.left.equals(List.of(b.uid)));
    }

    @Test
    void clustersWithDifferentKeysOnOneRedisDoNotSeeEachOther() {
        var a = node();
        var other = node(new Names("other"), TestRegistry.FAST, Optional.of("nod1"), Clock.systemUTC());
        var b = node("nod1");
        awaitAllSee(a, b);
        assertThat(other.sees()).containsExactly(other.uid);
        assertThat(other.secret.sign("x")).isNotEqualTo(a.secret.sign("x"));
    }

    @Test
    void whatIsNoRecordHarmsNobody() {
        REDIS.get().command("ZADD", NAMES.stored("nodes:leases"), "9000000000000000", "junk");
        REDIS.get().command("HSET", NAMES.stored("nodes:records"), "junk", "{\"id\":5");
        REDIS.get().command("ZADD", NAMES.stored("nodes:leases"), "9000000000000000", "nod1");
        REDIS.get().command("HSET", NAMES.stored("nodes:records"), "nod1", "3");
        var a = node("nod1");
        assertThat(a.sees()).containsExactly(a.uid);
    }

    @Test
    void aSecretThatIsTooShortIsReplaced() {
        REDIS.get().command("SET", SECRET, "short");
        var a = node();
        var b = node();
        var signed = a.secret.sign("x");
        assertThat(signed).isPresent().isEqualTo(b.secret.sign("x"));
        assertThat(signed).isNotEqualTo(new NodeSecret(Optional.of("short")).sign("x"));
        Object agreed = REDIS.get().command("GET", SECRET);

        REDIS.get().command("SET", SECRET, "x".repeat(NodeSecret.LEAST_BYTES - 1));
        await().atMost(SOON).until(() -> agreed.equals(REDIS.get().command("GET", SECRET)));
        assertThat(a.secret.sign("x")).isEqualTo(signed).isEqualTo(b.secret.sign("x"));
    }

    @Test
    void aSecretThatIsLongEnoughIsTaken() {
        String secret = "x".repeat(NodeSecret.LEAST_BYTES);
        REDIS.get().command("SET", SECRET, secret);
        assertThat(node().secret.sign("x")).isEqualTo(new NodeSecret(Optional.of(secret)).sign("x"));
    }

    @Test
    void whoIsAskedForRegistersBeforeItsTurnWhenRedisIsThere() {
        REDIS.get().stop();
        TestRegistry a;
        try {
            a = node(NAMES, SELDOM, Optional.empty(), Clock.systemUTC());
            assertThatThrownBy(() -> TestRegistry.await(a.registry.ensureUp())).hasMessageContaining("not registered");
        } finally {
            REDIS.get().startAgain();
        }
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> TestRegistry.await(a.registry.ensureUp()));
        assertThat(a.registry.isUp()).isTrue();
    }

    /** As whoever asks for sessions of nodes that there are not. */
    @Test
    void howeverManyLookTheRegistryIsRenewedAtMostEveryTenthOfASecond() {
        var a = node(NAMES, SELDOM, Optional.empty(), Clock.systemUTC());
        a.whileRenewing.set(a.registry::look);
        long begin = System.nanoTime();
        int before = a.renewals.get();
        a.registry.look();
        await().atMost(SOON).until(() -> a.renewals.get() >= before + 5);
        int renewals = a.renewals.get() - before;
        long tenths = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 100;
        assertThat(renewals).isLessThanOrEqualTo((int) tenths + 2);
    }

    private TestRegistry node() {
        return node(Clock.systemUTC());
    }

    private TestRegistry node(Clock clock) {
        return node(NAMES, TestRegistry.FAST, Optional.empty(), clock);
    }

    private TestRegistry node(String id) {
        return node(NAMES, TestRegistry.FAST, Optional.of(id), Clock.systemUTC());
    }

    private TestRegistry node(Names names, NodeRegistry.Timing timing, Optional<String> id, Clock clock) {
        var node = new TestRegistry(REDIS.get().port(), names, timing, id, clock);
        nodes.add(node);
        return node.start();
    }

    private static void awaitAllSee(TestRegistry... all) {
        var uids = Stream.of(all).map(n -> n.uid).sorted().toList();
        await().atMost(SOON).until(() -> Stream.of(all).allMatch(n -> n.sees().equals(uids)));
    }
}
