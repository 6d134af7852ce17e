package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.engineio.TestClient.TestSocket;
import io.collabcluster.engineio.TestEngines.TestEngine;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for one connection is bounded, out and in. */
@QuarkusTest
@TestProfile(EngineProfile.class)
class BackpressureTest {

    private static final EngineLimits SMALL = new EngineLimits(128 * 1024, 64 * 1024, 1_000, 1_000);

    @Inject
    TestEngines engines;

    @TestHTTPResource("/")
    URI base;

    private TestEngine engine;
    private TestClient client;

    @AfterEach
    void close() {
        client.close();
        engine.server().close(CloseReason.SERVER_SHUTTING_DOWN);
    }

    private void start(UnaryOperator<OptionsOf> options, SessionHandler handler) {
        engine = engines.mount(options, Admission.OPEN, handler);
        client = new TestClient(base, engine.path());
    }

    private static SessionListener silent() {
        return new SessionListener() {
            @Override
            public void text(String message) {}

            @Override
            public void binary(byte[] message) {}

            @Override
            public void closed(CloseReason reason) {}
        };
    }

    private String target(String query) {
        return engine.path() + "/?" + query;
    }

    /** Sends the message to every session, as a broadcast does. */
    private void broadcast(OutboundMessage message) {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (Session session : engine.sessions()) {
            sent.add(CompletableFuture.runAsync(() -> session.send(message), session.loop()));
        }
        sent.forEach(CompletableFuture::join);
        message.release();
    }

    @Test
    void aSlowConsumerIsDisconnectedAndTheOthersLoseNothing() throws IOException {
        start(options -> options.limits(SMALL), session -> silent());
        TestSocket reader = client.openSocket();
        try (RawSocket slow = new RawSocket(base.getPort(), target("EIO=4&transport=websocket"))) {
            await().atMost(TestClient.SOON).until(() -> engine.sessions().size() == 2);
            String padding = "x".repeat(8_000);
            List<OutboundMessage> messages = new ArrayList<>();
            int sent = 0;
            while (engine.recorded().closed.isEmpty() && sent < 10_000) {
                OutboundMessage message = OutboundMessage.text(sent + padding);
                messages.add(message);
                broadcast(message);
                assertThat(reader.next()).isEqualTo("4" + sent + padding);
                sent++;
            }
            assertThat(engine.recorded().closed).containsExactly(CloseReason.SLOW_CONSUMER);
            assertThat(engine.recorded().counted).containsExactly(CloseReason.SLOW_CONSUMER);
            assertThat(engine.server().sessions()).isOne();
            await().atMost(TestClient.SOON).until(() -> isGone(slow));
            await().atMost(TestClient.SOON)
                    .untilAsserted(() -> assertThat(messages).allMatch(m -> m.references() == 0 && isFree(m)));
        }
        broadcast(OutboundMessage.text("after"));
        assertThat(reader.next()).isEqualTo("4after");
    }

    /** The server has closed the socket, not only said so: what the client sends is answered by a reset. */
    private static boolean isGone(RawSocket socket) {
        try {
            socket.text("3");
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static boolean isFree(OutboundMessage message) {
        return message.frames().refCnt() == 0;
    }

    @Test
    void aPollingClientThatDoesNotPollIsDisconnected() {
        start(options -> options.limits(SMALL), session -> silent());
        String sid = client.open();
        List<OutboundMessage> messages = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            messages.add(OutboundMessage.text("x".repeat(10_000)));
            broadcast(messages.getLast());
        }
        assertThat(engine.recorded().closed).containsExactly(CloseReason.SLOW_CONSUMER);
        assertThat(client.get(sid).statusCode()).isEqualTo(400);
        assertThat(messages).allMatch(message -> message.references() == 0);
    }

    @Test
    void oneMessageOverTheLimitReachesAClientThatReads() {
        start(options -> options.limits(SMALL), session -> silent());
        TestSocket reader = client.openSocket();
        engine.last();
        broadcast(OutboundMessage.text("x".repeat(400_000)));
        assertThat(reader.next()).hasSize(400_001);
        assertThat(engine.recorded().closed).isEmpty();
    }

    @Test
    void aBurstOfALotMoreThanTheLimitReachesAClientThatReads() {
        start(options -> options.limits(SMALL), session -> silent());
        TestSocket reader = client.openSocket();
        engine.last();
        for (int i = 0; i < 200; i++) {
            broadcast(OutboundMessage.text(i + "x".repeat(10_000)));
            assertThat(reader.next()).startsWith("4" + i + "x");
        }
    }

    @Test
    void aSharedMessageIsFreeWhenItHasLeftInEveryState() {
        start(options -> options.limits(SMALL), session -> silent());
        client.openSocket();
        String polling = client.open();
        String waiting = client.open();
        await().atMost(TestClient.SOON).until(() -> engine.sessions().size() == 3);
        CompletableFuture<HttpResponse<String>> poll = client.getAsync(waiting);
        await().atMost(TestClient.SOON).until(() -> Sampled.on(engine.sessions().get(2), Session::writable));
        OutboundMessage message = OutboundMessage.of("event", List.of(new byte[] {1, 2}));
        broadcast(message);
        assertThat(poll.join().body()).isEqualTo("4event\u001ebAQI=");
        // One session still keeps it for its next poll.
        await().atMost(TestClient.SOON).until(() -> message.references() == 1);
        engine.server().close(CloseReason.FORCED_CLOSE);
        await().atMost(TestClient.SOON).until(() -> engine.server().sessions() == 0);
        assertThat(client.get(polling).body()).isEqualTo("4event\u001ebAQI=\u001e1");
        await().atMost(TestClient.SOON).until(() -> message.references() == 0);
        OutboundMessage late = OutboundMessage.text("late");
        broadcast(late);
        assertThat(late.references()).isZero();
    }

    @Test
    void aClientThatSendsFasterThanItIsServedIsNotReadFrom() throws Exception {
        AtomicInteger held = new AtomicInteger();
        start(options -> options.limits(SMALL).pings(200, 300), session -> new SessionListener() {
            @Override
            public void text(String message) {
                held.addAndGet(message.length());
                session.hold(message.length());
            }

            @Override
            public void binary(byte[] message) {}

            @Override
            public void closed(CloseReason reason) {}
        });
        int size = 10_000;
        int count = 3_000;
        try (RawSocket fast = new RawSocket(base.getPort(), target("EIO=4&transport=websocket"))) {
            Thread writer = Thread.startVirtualThread(() -> send(fast, count, size));
            await().atMost(TestClient.SOON).until(() -> held.get() > SMALL.inboundBytes());
            // It stays at what one read of the socket brought, though there are 30 MB to come; and though its pongs
            // can't be read either, its time doesn't run out.
            await().during(java.time.Duration.ofSeconds(1))
                    .atMost(TestClient.SOON)
                    .untilAsserted(() -> assertThat(held.get()).isLessThan(4 << 20));
            assertThat(engine.recorded().closed).isEmpty();
            assertThat(writer.isAlive()).isTrue();
            Session session = engine.last();
            await().pollInterval(java.time.Duration.ofMillis(1))
                    .atMost(TestClient.SOON.multipliedBy(3))
                    .until(() -> {
                        Sampled.on(session, s -> {
                            s.unhold(held.getAndSet(0));
                            return s;
                        });
                        return engine.recorded().texts.size() == count;
                    });
            writer.join();
        }
    }

    private static void send(RawSocket socket, int count, int size) {
        try {
            for (int i = 0; i < count; i++) {
                socket.text("4" + "x".repeat(size));
                if (i % 100 == 0) {
                    socket.text("3");
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPostIsAnsweredWhenItsMessagesAreServed() {
        start(options -> options.limits(SMALL), session -> new SessionListener() {
            @Override
            public void text(String message) {
                session.hold(message.length());
            }

            @Override
            public void binary(byte[] message) {}

            @Override
            public void closed(CloseReason reason) {}
        });
        String sid = client.open();
        assertThat(client.post(sid, "4" + "x".repeat(60_000)).body()).isEqualTo("ok");
        CompletableFuture<HttpResponse<String>> post =
                client.postAsync(sid, java.net.http.HttpRequest.BodyPublishers.ofString("4" + "x".repeat(60_000)));
        await().atMost(TestClient.SOON).until(() -> engine.recorded().texts.size() == 2);
        assertThat(post.isDone()).isFalse();
        Sampled.on(engine.last(), session -> {
            session.unhold(60_000);
            return session;
        });
        assertThat(post.isDone()).isFalse();
        Sampled.on(engine.last(), session -> {
            session.unhold(60_000);
            return session;
        });
        assertThat(post.join().body()).isEqualTo("ok");
    }
}
