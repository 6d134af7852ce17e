package io.collabcluster.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.Handshake;
import io.collabcluster.engineio.OutboundMessage;
import io.collabcluster.engineio.Session;
import io.collabcluster.engineio.TransportName;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainTest {

    private final Vertx vertx = Vertx.vertx();
    private final NodeStatus status = new NodeStatus();
    private final List<OpenSession> open = new CopyOnWriteArrayList<>();
    private final List<Long> closedAt = new CopyOnWriteArrayList<>();
    private final List<CloseReason> reasons = new CopyOnWriteArrayList<>();
    private final AtomicInteger restCalls = new AtomicInteger();
    private final AtomicInteger forwarded = new AtomicInteger();
    private final List<Duration> announced = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        status.started();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anEmptyNodeEndsAtOnce() {
        var drain = drain(Duration.ofHours(1));
        assertThat(drain.begin()).isCompleted();
        assertThat(status.state()).isEqualTo(NodeState.DRAINING);
        drain.run();
        assertThat(status.state()).isEqualTo(NodeState.STOPPED);
    }

    @Test
    void sessionsAreToldAndClosedSpreadOverTheWindow() throws Exception {
        openSessions(20, false);
        long begin = System.nanoTime();
        var window = Duration.ofSeconds(4);

        var drained = drain(window).begin();

        assertThat(status.state()).isEqualTo(NodeState.DRAINING);
        assertThat(announced).containsExactly(window);
        drained.get(30, TimeUnit.SECONDS);
        assertThat(reasons).hasSize(20).containsOnly(CloseReason.SERVER_SHUTTING_DOWN);
        long first = closedAt.getFirst() - begin;
        long last = closedAt.getLast() - begin;
        assertThat(Duration.ofNanos(first)).isGreaterThanOrEqualTo(Duration.ofMillis(170));
        assertThat(Duration.ofNanos(last - first)).isGreaterThanOrEqualTo(Duration.ofMillis(2_000));
    }

    @Test
    void whoDoesNotLeaveIsClosedWhenTheWindowEnds() throws Exception {
        openSessions(1, true);
        drain(Duration.ofMillis(100)).begin().get(30, TimeUnit.SECONDS);
        assertThat(open).isEmpty();
    }

    @Test
    void restCallsInFlightAreWaitedFor() {
        restCalls.set(1);
        var drained = drain(Duration.ofHours(1)).begin();
        await().during(Duration.ofMillis(200)).until(() -> !drained.isDone());

        restCalls.set(0);

        await().until(drained::isDone);
    }

    @Test
    void whatIsOnItsWayToOtherNodesIsWaitedFor() {
        forwarded.set(1);
        var drained = drain(Duration.ofHours(1)).begin();
        await().during(Duration.ofMillis(200)).until(() -> !drained.isDone());

        forwarded.set(0);

        await().until(drained::isDone);
    }

    @Test
    void anAnnouncementThatFailsDoesNotStopTheDrain() throws Exception {
        openSessions(1, false);
        var drain = new Drain(
                vertx,
                status,
                clients(),
                restCalls::get,
                forwarded::get,
                _ -> {
                    throw new IllegalStateException("no namespace");
                },
                Duration.ofSeconds(2));
        drain.begin().get(30, TimeUnit.SECONDS);
        assertThat(open).isEmpty();
    }

    private Drain drain(Duration window) {
        return new Drain(vertx, status, clients(), restCalls::get, forwarded::get, announced::add, window);
    }

    private void openSessions(int count, boolean stubborn) {
        for (int i = 0; i < count; i++) {
            var loop = ((VertxInternal) vertx).getEventLoopGroup().next();
            open.add(new OpenSession("s" + i, loop, stubborn));
        }
    }

    private Drain.Clients clients() {
        return new Drain.Clients() {
            @Override
            public int open() {
                return open.size();
            }

            @Override
            public void forEach(Consumer<Session> consumer) {
                open.forEach(session -> session.loop.execute(() -> consumer.accept(session)));
            }

            @Override
            public void close(CloseReason reason) {
                open.clear();
            }
        };
    }

    private final class OpenSession implements Session {
        private final String id;
        private final EventLoop loop;
        private final boolean stubborn;

        OpenSession(String id, EventLoop loop, boolean stubborn) {
            this.id = id;
            this.loop = loop;
            this.stubborn = stubborn;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public EventLoop loop() {
            return loop;
        }

        @Override
        public Handshake handshake() {
            return new Handshake("/socket.io/", List.of(), "127.0.0.1", false, Instant.EPOCH);
        }

        @Override
        public TransportName transport() {
            return TransportName.WEBSOCKET;
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void send(OutboundMessage message) {}

        @Override
        public void hold(int bytes) {}

        @Override
        public void unhold(int bytes) {}

        @Override
        public void close(CloseReason reason) {
            assertThat(loop.inEventLoop()).isTrue();
            closedAt.add(System.nanoTime());
            reasons.add(reason);
            if (!stubborn) {
                open.remove(this);
            }
        }
    }
}
