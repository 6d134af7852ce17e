package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.engineio.CloseReason;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lost socket comes back with its id, rooms and data, and gets what it missed, each event once. */
class RecoveryTest {

    private Fixture fixture;
    private Namespace main;

    @BeforeEach
    void start() {
        fixture = new Fixture(Fixture.recovering(Duration.ofMinutes(2), true));
        main = fixture.server.of("/");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static String pid(String connectAnswer) {
        return connectAnswer.replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
    }

    /** The last argument of the last event. */
    private static String offset(List<Object> sent) {
        return ((String) sent.getLast()).replaceAll(".*\"([^\"]+)\"]", "$1");
    }

    /** The sent events, without their offsets. */
    private static List<String> events(List<Object> sent) {
        return sent.stream()
                .map(String.class::cast)
                .filter(text -> text.startsWith("2"))
                .map(text -> text.replaceAll(",\"[^\"]+\"]$", "]"))
                .toList();
    }

    private FakeSession back(String pid, String offset, EventLoop loop) {
        var session = FakeSession.open(fixture.server, loop);
        session.receive("0{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(5))
                .until(() -> !session.sent().isEmpty());
        return session;
    }

    private void drain() {
        for (int i = 0; i < 2; i++) {
            for (EventLoop loop : List.of(fixture.one, fixture.two)) {
                loop.submit(() -> {}).syncUninterruptibly();
            }
        }
    }

    @Test
    void eventsCarryTheirOffsetAndConnectThePid() {
        var client = fixture.connect(fixture.one);
        assertThat(client.answer()).matches("0\\{\"sid\":\"[\\w-]{20}\",\"pid\":\"[\\w-]{20}\"}");
        assertThat(pid(client.answer())).isNotEqualTo(client.socket().id());
        main.emit("all", 1);
        client.socket().emit("one", new byte[] {1});
        client.socket().volatileEmit("volatile");
        main.volatileEmit("volatile");
        client.socket().emitWithAck(Duration.ofSeconds(9), "ack");
        assertThat(client.take())
                .containsExactly(
                        "2[\"all\",1,\"1\"]",
                        "51-[\"one\",{\"_placeholder\":true,\"num\":0},\"2\"]",
                        FakeSession.bytes(1),
                        "2[\"volatile\"]",
                        "2[\"volatile\"]",
                        "20[\"ack\"]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLostSocketGetsWhatItMissed(boolean onTheSameLoop) {
        var lost = fixture.connect(fixture.one).joined("a", "quiet");
        lost.socket().put(String.class, "kept");
        main.emit("seen", 0);
        String offset = offset(lost.take());
        main.to("a").emit("too late to be seen", 1);
        lost.session().run(() -> {});
        lost.session().end(CloseReason.TRANSPORT_CLOSE);
        main.emit("m", 2);
        main.to("b").emit("not for it", 3);
        main.to("a").except("quiet").emit("not for it", 4);
        main.to(lost.socket().id()).emit("m", 5);
        drain();

        var asked = new ArrayList<String>();
        main.use(socket -> {
            asked.add(socket.id());
            return CompletableFuture.completedStage(null);
        });
        var session = back(pid(lost.answer()), offset, onTheSameLoop ? fixture.one : fixture.two);
        var sent = session.take();
        assertThat(sent.getFirst()).isEqualTo(lost.answer());
        assertThat(events(sent)).containsExactly("2[\"too late to be seen\",1]", "2[\"m\",2]", "2[\"m\",5]");
        assertThat(asked).isEmpty();

        var socket = main.find(lost.socket().id()).orElseThrow();
        assertThat(socket.recovered()).isTrue();
        assertThat(socket.get(String.class)).contains("kept");
        main.to("a").emit("live", 6);
        drain();
        assertThat(events(session.take())).containsExactly("2[\"live\",6]");

        // Once more, from what it got last.
        session.run(() -> socket.emit("last", 7));
        String next = offset(session.take());
        session.end(CloseReason.PING_TIMEOUT);
        main.emit("m", 8);
        drain();
        assertThat(events(back(pid(lost.answer()), next, fixture.one).take())).containsExactly("2[\"m\",8]");
    }

    @Test
    void aSessionComesBackOnce() {
        var lost = fixture.connect(fixture.one);
        main.emit("seen");
        String offset = offset(lost.take());
        lost.session().end(CloseReason.TRANSPORT_ERROR);
        String answer =
                (String) back(pid(lost.answer()), offset, fixture.two).sent().getFirst();
        assertThat(answer).isEqualTo(lost.answer());
        String again =
                (String) back(pid(lost.answer()), offset, fixture.two).sent().getFirst();
        assertThat(pid(again)).isNotEqualTo(pid(lost.answer()));
    }

    @Test
    void aClientMayComeBackBeforeTheServerNoticedThatItWasLost() {
        var lost = fixture.connect(fixture.one).joined("a");
        main.emit("seen");
        String offset = offset(lost.take());
        main.to("a").emit("sent into the void");
        var session = back(pid(lost.answer()), offset, fixture.two);
        assertThat(session.sent().getFirst()).isEqualTo(lost.answer());
        assertThat(events(session.sent())).containsExactly("2[\"sent into the void\"]");
        assertThat(lost.session().closeReason()).isEqualTo(CloseReason.TRANSPORT_CLOSE);
        assertThat(main.size()).isEqualTo(1);
        assertThat(main.find(lost.socket().id()).orElseThrow().session().id()).isEqualTo(session.id());
    }

    @Test
    void whoLeftOnPurposeOrIsUnknownBeginsAnew() {
        var left = fixture.connect(fixture.one);
        main.emit("seen");
        String offset = offset(left.take());
        left.session().receive("1");
        assertThat((String) back(pid(left.answer()), offset, fixture.one).sent().getFirst())
                .doesNotContain(left.socket().id());
        assertThat((String) back("unknown", offset, fixture.one).sent().getFirst())
                .startsWith("0{\"sid\":");

        var lost = fixture.connect(fixture.one);
        lost.session().end(CloseReason.TRANSPORT_CLOSE);
        assertThat((String) back(pid(lost.answer()), "zzzz", fixture.one).sent().getFirst())
                .doesNotContain(lost.socket().id());
    }

    @Test
    void aSessionIsKeptForItsTimeOnly() {
        try (var brief = new Fixture(Fixture.recovering(Duration.ofMillis(50), true))) {
            var lost = brief.connect(brief.one);
            brief.server.of("/").emit("seen");
            String offset = offset(lost.take());
            lost.session().end(CloseReason.TRANSPORT_CLOSE);
            // Later on the same loop than the end of its time.
            brief.one.schedule(() -> {}, 100, TimeUnit.MILLISECONDS).syncUninterruptibly();
            var session = FakeSession.open(brief.server, brief.one);
            session.receive("0{\"pid\":\"" + pid(lost.answer()) + "\",\"offset\":\"" + offset + "\"}");
            assertThat((String) session.sent().getFirst())
                    .startsWith("0{\"sid\":")
                    .doesNotContain(lost.socket().id());
        }
    }

    @Test
    void middlewaresAreAskedWhenTheyAreNotToBeSkipped() {
        try (var strict = new Fixture(Fixture.recovering(Duration.ofMinutes(2), false))) {
            var lost = strict.connect(strict.one);
            strict.server.of("/").emit("seen");
            String offset = offset(lost.take());
            lost.session().end(CloseReason.TRANSPORT_CLOSE);
            var asked = new ArrayList<Boolean>();
            var gate = new CompletableFuture<Void>();
            strict.server.of("/").use(socket -> {
                asked.add(socket.recovered());
                return gate;
            });
            var session = FakeSession.open(strict.server, strict.one);
            session.receive("0{\"pid\":\"" + pid(lost.answer()) + "\",\"offset\":\"" + offset + "\"}");
            assertThat(asked).containsExactly(true);
            // What happens while it is asked for is not lost either.
            strict.server.of("/").emit("meanwhile");
            gate.complete(null);
            assertThat(session.sent().getFirst()).isEqualTo(lost.answer());
            assertThat(events(session.sent())).containsExactly("2[\"meanwhile\"]");
        }
    }

    @Test
    void whatIsUnderWayWhenASocketComesBackArrivesOnce() throws Exception {
        var lost = fixture.connect(fixture.one);
        main.emit("seen");
        String offset = offset(lost.take());
        fixture.connect(fixture.two);
        lost.session().end(CloseReason.TRANSPORT_CLOSE);

        // The second loop is busy: the socket's coming back stands in its queue before the broadcast does.
        var busy = new CountDownLatch(1);
        fixture.two.execute(() -> {
            try {
                busy.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        var session = new CompletableFuture<FakeSession>();
        var opening = new Thread(() -> session.complete(back(pid(lost.answer()), offset, fixture.two)));
        opening.start();
        await().atMost(Duration.ofSeconds(5)).until(() -> opening.getState() != Thread.State.RUNNABLE);
        main.emit("first loop is ahead");
        fixture.one.submit(() -> {}).syncUninterruptibly();
        busy.countDown();
        var recovered = session.get(10, TimeUnit.SECONDS);
        main.emit("live");
        drain();
        assertThat(events(recovered.sent())).containsExactly("2[\"first loop is ahead\"]", "2[\"live\"]");
    }

    @Test
    void aRandomRunLosesNothingAndRepeatsNothing() {
        var random = new Random(42);
        var client = fixture.connect(fixture.one);
        String pid = pid(client.answer());
        FakeSession session = client.session();
        var got = new ArrayList<String>();
        String offset = "";
        for (int i = 0; i < 2_000; i++) {
            if (random.nextInt(20) == 0 && !offset.isEmpty()) {
                session.end(CloseReason.TRANSPORT_CLOSE);
                var before = session.take();
                got.addAll(events(before));
                offset = events(before).isEmpty() ? offset : offset(before);
                int missed = random.nextInt(5);
                for (int j = 0; j < missed; j++) {
                    main.emit("m", i++);
                }
                session = back(pid, offset, random.nextBoolean() ? fixture.one : fixture.two);
            }
            main.emit("m", i);
            if (i % 10 == 0) {
                var some = session.take();
                got.addAll(events(some));
                offset = events(some).isEmpty() ? offset : offset(some);
            }
        }
        drain();
        got.addAll(events(session.take()));
        assertThat(got).doesNotHaveDuplicates();
        var numbers = got.stream()
                .map(text -> Integer.parseInt(text.replaceAll(".*\\D(\\d+)]", "$1")))
                .toList();
        assertThat(numbers).isSorted();
        assertThat(numbers.getLast() - numbers.getFirst() + 1).isEqualTo(numbers.size());
    }

    @Test
    void theLogIsBoundedInNumberAndBytes() {
        var log = new RecoveryLog(Long.MAX_VALUE);
        log.keep(new RecoverableSession("sid", "pid", Set.of("sid"), Map.of()));
        for (int i = 1; i <= RecoveryLog.MOST_EVENTS + 1; i++) {
            log.add(entry(i, "x"));
        }
        assertThat(log.take("pid", RecoveryLog.Entry.offset(1), null)).isEmpty();
        log.keep(new RecoverableSession("sid", "pid", Set.of("sid"), Map.of()));
        assertThat(log.take("pid", RecoveryLog.Entry.offset(2), null)
                        .orElseThrow()
                        .after())
                .hasSize(RecoveryLog.MOST_EVENTS - 1);
        log.add(entry(20_000, "x".repeat(RecoveryLog.MOST_BYTES - 2)));
        log.keep(new RecoverableSession("sid", "pid", Set.of("sid"), Map.of()));
        assertThat(log.take("pid", RecoveryLog.Entry.offset(20_000), null)
                        .orElseThrow()
                        .known())
                .containsExactly(20_000L);
    }

    @Test
    void whoIsLostAgainIsNotForgottenWithTheFirstLoss() {
        var log = new RecoveryLog(Long.MAX_VALUE);
        var first = new RecoverableSession("sid", "pid", Set.of("sid"), Map.of());
        var second = new RecoverableSession("sid", "pid", Set.of("sid"), Map.of());
        log.add(entry(1, "x"));
        log.keep(first);
        assertThat(log.take("pid", RecoveryLog.Entry.offset(1), null)).isPresent();
        log.keep(second);
        assertThat(log.forget(first)).isFalse();
        assertThat(log.take("pid", RecoveryLog.Entry.offset(1), null)).isPresent();
        log.keep(second);
        assertThat(log.forget(second)).isTrue();
        assertThat(log.take("pid", RecoveryLog.Entry.offset(1), null)).isEmpty();
    }

    private static RecoveryLog.Entry entry(long number, String text) {
        var event = new Packet.Event("/", OptionalLong.empty(), "m", Payload.of(text));
        return new RecoveryLog.Entry(number, event, BroadcastOptions.ALL, List.of(), System.nanoTime());
    }
}
