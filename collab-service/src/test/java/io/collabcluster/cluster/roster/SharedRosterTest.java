package io.collabcluster.cluster.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.FakeBus;
import io.collabcluster.cluster.TestRedis;
import io.collabcluster.cluster.redis.Commands;
import io.collabcluster.cluster.redis.Names;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored is in a real Redis; messages go over a bus that fails as it is told. */
class SharedRosterTest {

    private static final Names NAMES = new Names("test");
    private static TestRedis redis;
    private static Vertx vertx;
    private static Commands commands;

    private final Map<String, RosterNode> alive = new ConcurrentHashMap<>();
    private final FakeBus.Network network = new FakeBus.Network();
    private final List<RosterNode> nodes = new ArrayList<>();

    @BeforeAll
    static void start() {
        redis = TestRedis.start();
        vertx = Vertx.vertx();
        commands = Redis.createClient(vertx, "redis://127.0.0.1:" + redis.port())::send;
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        redis.close();
    }

    @AfterEach
    void end() {
        nodes.forEach(RosterNode::close);
        network.close();
        redis.command("FLUSHALL");
    }

    private RosterNode node(String id) {
        return node(id, RosterNode.TIMING);
    }

    private RosterNode node(String id, SharedGroup.Timing timing) {
        var node = new RosterNode(id, alive, network, commands, timing);
        nodes.add(node);
        return node;
    }

    @Test
    void everyNodeIsToldOfAMemberItsValuesAndItsEnd() {
        var a = node("aaaa").open().ready();
        var b = node("bbbb").open().ready();
        a.put("m1", "{\"at\":1}");
        a.update("m1", "{\"at\":2}");
        a.update("m1", "{\"at\":3}");
        await().until(() -> b.members().equals(Map.of("m1", "{\"at\":3}")));
        a.remove("m1");

        await().until(() -> b.members().isEmpty());
        assertThat(b.told().getFirst()).startsWith("joined m1");
        assertThat(b.told().getLast()).isEqualTo("left m1 {\"at\":3}");
        assertThat(b.contradictions()).isEmpty();
        assertThat(a.told()).isEmpty();
    }

    @Test
    void whoComesLaterReadsWhoIsThere() {
        var a = node("aaaa").open().ready();
        a.put("m1", "{\"at\":1}");
        a.put("m2", "{\"at\":1}");
        await().until(() -> stored("aaaa").contains("m2"));
        a.update("m2", "{\"at\":2}");
        var b = node("bbbb").open().ready();

        assertThat(b.members()).containsOnlyKeys("m1", "m2");
        await().until(() -> b.members().equals(Map.of("m1", "{\"at\":1}", "m2", "{\"at\":2}")));
        assertThat(b.contradictions()).isEmpty();
    }

    @Test
    void updatesAreStoredTogetherAndNotOneByOne() {
        var a = node("aaaa").open().ready();
        a.put("m1", "{}");
        await().until(() -> stored("aaaa").contains("1 {}"));
        redis.command("CONFIG", "RESETSTAT");
        for (int i = 0; i < 100; i++) {
            a.update("m1", "{\"at\":" + i + "}");
        }
        await().until(() -> stored("aaaa").contains("101 {\"at\":99}"));

        assertThat((String) redis.command("INFO", "commandstats")).containsPattern("cmdstat_hset:calls=[1-9]?[0-9],");
    }

    @Test
    void aDeadNodesMembersLeaveOnceEach() {
        var a = node("aaaa").open().ready();
        var b = node("bbbb").open().ready();
        var c = node("cccc").open().ready();
        a.put("m1", "{}");
        a.put("m2", "{}");
        b.put("m3", "{}");
        await().until(() -> c.members().size() == 3 && b.members().size() == 3);
        a.die();

        for (var node : List.of(b, c)) {
            await().until(() -> node.members().keySet().equals(Set.of("m3")));
            assertThat(node.told().stream().filter(word -> word.startsWith("left")))
                    .containsExactlyInAnyOrder("left m1 {}", "left m2 {}");
        }
        var d = node("dddd").open().ready();
        assertThat(d.members()).containsOnlyKeys("m3");
    }

    @Test
    void aMemberThatAnotherNodeTakesHasNotLeft() {
        var a = node("aaaa").open().ready();
        var b = node("bbbb").open().ready();
        var c = node("cccc").open().ready();
        a.put("m1", "{\"at\":1}");
        await().until(() -> b.members().size() == 1 && c.members().size() == 1);
        b.put("m1", "{\"at\":1}");
        await().until(() -> !a.owns("m1"));
        await().until(() -> stored("aaaa").isEmpty());
        a.remove("m1");
        a.update("m1", "{\"at\":9}");
        a.die();
        c.onHome(group -> group);

        assertThat(a.told()).containsExactly("taken m1");
        assertThat(c.told()).containsExactly("joined m1 {\"at\":1}");
        assertThat(c.members()).isEqualTo(Map.of("m1", "{\"at\":1}"));
        assertThat(b.owns("m1")).isTrue();
    }

    @Test
    void aMemberOfADeadNodeCanBeTakenBeforeItsLeaseEnds() {
        var a = node("aaaa").open().ready();
        a.put("m1", "{\"at\":1}");
        await().until(() -> !stored("aaaa").isEmpty());
        a.bus.up(false);
        var b = node("bbbb").open().ready();
        assertThat(b.members()).isEqualTo(Map.of("m1", "{\"at\":1}"));
        b.put("m1", "{\"at\":1}");
        a.die();

        assertThat(b.members()).containsOnlyKeys("m1");
        assertThat(b.told()).containsExactly("joined m1 {\"at\":1}");
    }

    @Test
    void afterABusThatWasDownTheDifferencesAreTold() {
        var a = node("aaaa").open().ready();
        var b = node("bbbb").open().ready();
        a.put("m1", "{}");
        a.put("m2", "{}");
        await().until(() -> b.members().size() == 2);
        b.bus.up(false);
        a.remove("m1");
        a.put("m3", "{}");
        b.put("m4", "{}");
        await().until(() -> stored("aaaa").contains("m3"));
        assertThat(b.members()).containsOnlyKeys("m1", "m2", "m4");
        b.bus.up(true);

        await().until(() -> b.members().keySet().equals(Set.of("m2", "m3", "m4")));
        await().until(() -> a.members().keySet().equals(Set.of("m2", "m3", "m4")));
        assertThat(b.contradictions()).isEmpty();
        assertThat(a.contradictions()).isEmpty();
    }

    @Test
    void whatRedisLostIsStoredAgain() {
        var a = node("aaaa").open().ready();
        var b = node("bbbb").open().ready();
        a.put("m1", "{}");
        b.put("m2", "{}");
        await().until(() -> a.members().size() == 2 && b.members().size() == 2);
        redis.command("FLUSHALL");
        a.bus.up(false);
        b.bus.up(false);
        a.bus.up(true);
        b.bus.up(true);
        await().until(() -> stored("aaaa").contains("m1") && stored("bbbb").contains("m2"));
        var c = node("cccc").open().ready();

        assertThat(c.members()).containsOnlyKeys("m1", "m2");
        await().until(() -> a.members().size() == 2 && b.members().size() == 2);
        assertThat(a.contradictions()).isEmpty();
    }

    @Test
    void whatRedisLostUnnoticedByTheBusIsStoredAgain() {
        var a = node("aaaa", RosterNode.UNCHECKED).open().ready();
        var b = node("bbbb", RosterNode.UNCHECKED).open().ready();
        a.put("m1", "{}");
        await().until(() -> b.members().size() == 1);
        redis.command("FLUSHALL");
        a.forgotten();

        await().until(() -> stored("aaaa").contains("m1"));
        assertThat(node("cccc").open().ready().members()).containsOnlyKeys("m1");
        assertThat(b.told()).containsExactly("joined m1 {}");
    }

    @Test
    void aGroupIsSettledWhenTheOthersKnowWhoHasLeft() {
        var a = node("aaaa", RosterNode.UNCHECKED).open().ready();
        var b = node("bbbb", RosterNode.UNCHECKED).open().ready();
        a.put("m1", "{}");
        await().until(() -> b.members().size() == 1);
        await().until(a::isSettled);
        a.bus.up(false);
        a.remove("m1");
        await().until(() -> stored("aaaa").isEmpty());
        assertThat(a.isSettled()).isFalse();
        a.bus.up(true);
        await().until(a::isSettled);
        a.leaveGroup();

        await().until(() -> b.members().isEmpty());
        assertThat(b.told()).containsExactly("joined m1 {}", "left m1 {}");
    }

    @Test
    void aNewNodeThatHasStoredNothingIsNotRead() {
        var a = node("aaaa", RosterNode.UNCHECKED).open().ready();
        redis.command("CONFIG", "RESETSTAT");
        var b = node("bbbb", RosterNode.UNCHECKED);
        a.put("m1", "{}");
        await().until(() -> redis.command("EXISTS", key("aaaa")).equals(1L));
        assertThat((String) redis.command("INFO", "commandstats")).doesNotContain("cmdstat_hgetall");

        b.open().ready().put("m2", "{}");
        await().until(() -> a.members().size() == 2);
    }

    @Test
    void aNodeThatIsThereAgainIsRead() {
        var a = node("aaaa", RosterNode.UNCHECKED).open().ready();
        var b = node("bbbb", RosterNode.UNCHECKED).open().ready();
        b.put("m1", "{}");
        await().until(() -> a.members().size() == 1);
        b.lapse();
        await().until(() -> a.members().isEmpty());
        b.comeBack();

        await().until(() -> a.members().size() == 1);
    }

    @Test
    void aNodeWhoseLeaseIsLearntOfLaterThanItsMembersIsRead() {
        var b = node("bbbb", RosterNode.UNCHECKED).open().ready();
        b.put("m1", "{}");
        await().until(() -> !stored("bbbb").isEmpty());
        alive.remove("bbbb");
        var a = node("aaaa", new SharedGroup.Timing(50, 3_600_000, 50, 3_600_000))
                .open()
                .ready();
        assertThat(a.members()).isEmpty();
        b.comeBack();

        await().until(() -> a.members().size() == 1);
    }

    @Test
    void notMoreThanABoundWaitsForRedis() {
        var store = new RosterStore(request -> Promise.<Response>promise().future(), NAMES);
        for (int i = 0; i < RosterStore.MOST_WAITING; i++) {
            assertThat(store.forget("aaaa", RosterNode.GROUP).failed()).isFalse();
        }
        for (int i = 0; i < RosterStore.AT_ONCE; i++) {
            store.forget("aaaa", RosterNode.GROUP);
        }
        assertThat(store.forget("aaaa", RosterNode.GROUP).failed()).isTrue();
    }

    @Test
    void aNodeIsSubscribedWhileItTakesPart() {
        var a = node("aaaa").open().ready();
        var b = node("bbbb").open().ready();
        assertThat(network.channels()).containsExactly(NAMES.channel("roster:" + RosterNode.GROUP));
        a.leaveGroup();
        b.leaveGroup();

        await().until(() -> network.channels().isEmpty());
        assertThat(a.roster.groups()).isZero();
    }

    @Test
    void garbageIsCountedAndChangesNothing() {
        var a = node("aaaa").open().ready();
        var b = node("bbbb").open().ready();
        for (String garbage :
                List.of("", "put", "put bbbb 1 m1\nno json", "put bbbb x m1\n{}", "who  \n", "\u0000\u0001")) {
            b.bus.publish(NAMES.channel("roster:" + RosterNode.GROUP), Buffer.buffer(garbage));
        }
        b.put("m1", "{}");

        await().until(() -> a.members().size() == 1);
        assertThat(a.roster.dropped()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverGetsLostAllAgreeInTheEnd(long seed) {
        var random = new Random(seed);
        var all = List.of(
                node("aaaa").open().ready(),
                node("bbbb").open().ready(),
                node("cccc").open().ready());
        network.faults(seed, 0.2, 0.2, 0.3);
        for (int i = 0; i < 300; i++) {
            var node = all.get(random.nextInt(all.size()));
            String member = "m" + random.nextInt(12);
            switch (random.nextInt(5)) {
                case 0, 1 -> node.put(member, "{\"at\":" + i + "}");
                case 2 -> node.remove(member);
                case 3 -> node.update(member, "{\"at\":" + i + "}");
                default -> node.bus.up(random.nextInt(4) > 0);
            }
        }
        network.faults(seed, 0, 0, 0);
        all.forEach(node -> node.bus.up(true));

        await().untilAsserted(() -> {
            for (String member : all.getFirst().members().keySet()) {
                assertThat(all.stream().filter(node -> node.owns(member))).hasSize(1);
            }
            assertThat(all.get(1).members()).isEqualTo(all.get(0).members());
            assertThat(all.get(2).members()).isEqualTo(all.get(0).members());
        });
    }

    private static String key(String node) {
        return NAMES.stored("roster:" + node + ":" + RosterNode.GROUP);
    }

    private static String stored(String node) {
        return String.valueOf(redis.command("HGETALL", key(node))).replaceAll("^(\\[]|null)$", "");
    }
}
