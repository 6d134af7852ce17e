package io.collabcluster.cluster.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.redis.RedisOptions.Format;
import io.collabcluster.engineio.CloseReason;
import io.collabcluster.socketio.FakeSession;
import io.collabcluster.socketio.Fixture;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lost socket comes back to its node, with what other nodes sent meanwhile. */
class RecoveryAmongNodesTest {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final FakeHub hub = new FakeHub();
    private NodesScenario.Node node;
    private NodesScenario.Node other;
    private Fixture.Client client;

    @BeforeEach
    void start() {
        var options = Fixture.recovering(LONGEST, true);
        node = NodesScenario.node(hub, Format.CLASSIC, "aaaa", Set.of(), options);
        other = NodesScenario.node(hub, Format.CLASSIC, "bbbb", Set.of(), options);
        client = node.fixture().connect(node.fixture().one).joined("r");
    }

    @AfterEach
    void stop() {
        node.fixture().close();
        other.fixture().close();
        hub.close();
    }

    private static String part(String answer, String name) {
        return answer.replaceAll(".*\"" + name + "\":\"([^\"]+)\".*", "$1");
    }

    /** The client gets an event, and is lost. @return the event's offset */
    private String lost() {
        other.main().to("r").emit("first");
        NodesScenario.settle(hub, node, other);
        String event = client.take().getFirst().toString();
        client.session().end(CloseReason.TRANSPORT_CLOSE);
        return event.replaceAll(".*,\"([^\"]+)\"]$", "$1");
    }

    private List<Object> comesBack(String offset) {
        return sessionAfter(offset).sent();
    }

    private FakeSession sessionAfter(String offset) {
        NodesScenario.settle(hub, node, other);
        var session = FakeSession.open(node.fixture().server, node.fixture().one);
        session.receive("0{\"pid\":\"" + part(client.answer(), "pid") + "\",\"offset\":\"" + offset + "\"}");
        await().until(() -> !session.sent().isEmpty());
        return session;
    }

    @Test
    void whatOtherNodesSentMeanwhileIsDeliveredAfterwards() {
        String offset = lost();
        other.main().to("r").emit("missed", 1);
        var back = comesBack(offset);
        assertThat(back).hasSize(2);
        assertThat(part(back.getFirst().toString(), "sid")).isEqualTo(part(client.answer(), "sid"));
        assertThat(back.get(1).toString()).startsWith("2[\"missed\",1,\"");
    }

    @Test
    void theEndOfAFirstLossIsNotThatOfASecond() {
        var loop = new LoopWithTimers();
        client = node.fixture().connect(loop).joined("r");
        String offset = lost();
        List<Runnable> ends = List.copyOf(loop.timers);
        assertThat(ends).isNotEmpty();
        sessionAfter(offset).end(CloseReason.TRANSPORT_CLOSE);
        ends.forEach(end -> loop.submit(end).syncUninterruptibly());
        String answer = comesBack(offset).getFirst().toString();
        assertThat(part(answer, "sid")).isEqualTo(part(client.answer(), "sid"));
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** The test can have run before its time what ends a loss. */
    private static final class LoopWithTimers extends DefaultEventLoop {

        private final List<Runnable> timers = new CopyOnWriteArrayList<>();

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            if (unit.toMillis(delay) == LONGEST.toMillis()) {
                timers.add(task);
            }
            return super.schedule(task, delay, unit);
        }
    }

    @Test
    void aSocketDoesNotComeBackOverALossOfTheBus() {
        String offset = lost();
        node.bus().up(false);
        other.main().to("r").emit("not heard");
        NodesScenario.settle(hub, node, other);
        node.bus().up(true);
        var back = comesBack(offset);
        assertThat(back).hasSize(1);
        assertThat(part(back.getFirst().toString(), "sid")).isNotEqualTo(part(client.answer(), "sid"));
    }
}
