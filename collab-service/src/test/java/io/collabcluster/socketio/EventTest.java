package io.collabcluster.socketio;

import static io.collabcluster.socketio.FakeSession.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collabcluster.engineio.CloseReason;
import io.collabcluster.socketio.echo.EchoApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events and their acknowledgements, both ways. */
class EventTest {

    private Fixture fixture;
    private Fixture.Client client;

    @BeforeEach
    void start() {
        fixture = new Fixture();
        EchoApplication.install(fixture.server);
        client = fixture.connect(fixture.one);
        client.take();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private List<Object> answerTo(Object... messages) {
        return client.session().receive(messages).take();
    }

    @Test
    void argumentsComeBackByteForByte() {
        assertThat(answerTo("2[\"message\",1,\"2\",{\"3\":[true]}]"))
                .containsExactly("2[\"message-back\",1,\"2\",{\"3\":[true]}]");
        assertThat(answerTo("2[\"message\", {\"z\":1.00,\"a\": 1e3} ,\"\\u0041\"]"))
                .containsExactly("2[\"message-back\",{\"z\":1.00,\"a\": 1e3},\"\\u0041\"]");
    }

    @Test
    void attachmentsComeBackRightAfterTheirText() {
        assertThat(answerTo(
                        "52-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                        new byte[] {1, 2, 3},
                        new byte[] {4, 5, 6}))
                .containsExactly(
                        "52-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                        bytes(1, 2, 3),
                        bytes(4, 5, 6));
    }

    @Test
    void anEventIsAcknowledgedWithItsId() {
        assertThat(answerTo("2456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]"))
                .containsExactly("3456[1,\"2\",{\"3\":[false]}]");
        assertThat(answerTo(
                        "52-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                        new byte[] {1, 2, 3},
                        new byte[] {4, 5, 6}))
                .containsExactly(
                        "62-789[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                        bytes(1, 2, 3),
                        bytes(4, 5, 6));
    }

    @Test
    void anEventThatIsSentAgainIsAcknowledgedAgain() {
        assertThat(answerTo("27[\"message-with-ack\",1]")).isEqualTo(answerTo("27[\"message-with-ack\",1]"));
    }

    @Test
    void tenAttachmentsAreTakenByDefault() {
        Object[] packet = new Object[11];
        Arrays.fill(packet, new byte[] {1});
        packet[0] = "510-[\"message\""
                + ",{\"_placeholder\":true,\"num\":%d}".repeat(10).formatted(0, 1, 2, 3, 4, 5, 6, 7, 8, 9) + "]";
        assertThat(SocketIoOptions.DEFAULTS.attachments()).isEqualTo(10);
        assertThat(answerTo(packet)).hasSize(11);
    }

    @Test
    void anAttachmentTooManyClosesTheSession() {
        var session = client.session();
        session.receive("511-[\"message\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(session.closeReason()).isEqualTo(CloseReason.PARSE_ERROR);
        assertThat(session.take()).isEmpty();
    }

    @Test
    void anAcknowledgementIsSentOnceFromAnyThread() throws Exception {
        var acks = new CopyOnWriteArrayList<Acknowledgement>();
        client.socket().on("ask", (args, ack) -> acks.add(ack));
        client.session().receive("25[\"ask\"]", "2[\"ask\"]");
        assertThat(acks).extracting(Acknowledgement::requested).containsExactly(true, false);
        acks.forEach(ack -> {
            ack.send("first");
            ack.send("second");
        });
        assertThat(client.take()).containsExactly("35[\"first\"]");
    }

    @Test
    void everyListenerOfAnEventIsCalledAndOneThatFailsStopsNobody() {
        var seen = new ArrayList<String>();
        EventListener removed = (args, ack) -> seen.add("removed");
        client.socket()
                .on("1", (args, ack) -> {
                    throw new IllegalStateException("broken");
                })
                .on("1", (args, ack) -> seen.add("second " + args.find(0) + args.find(1)))
                .on("1", removed)
                .off("1", removed)
                .onAny((name, args) -> seen.add("any " + name));
        answerTo("2[1,true]");
        assertThat(seen).containsExactly("any 1", "second Optional[true]Optional.empty");
        assertThat(client.session().closeReason()).isNull();
    }

    @Test
    void whatIsSentIsSeenByOutgoingListeners() {
        var seen = new ArrayList<String>();
        client.socket().onAnyOutgoing((name, args) -> seen.add(name + args.json(0)));
        client.socket().emit("direct", 1);
        fixture.server.of("/").emit("broadcast", 2);
        client.session().run(() -> {});
        assertThat(seen).containsExactly("direct1", "broadcast2");
    }

    @Test
    void reservedNamesCantBeEmitted() {
        assertThatThrownBy(() -> client.socket().emit("disconnect")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fixture.server.of("/").emit("connect")).hasMessageContaining("reserved");
    }

    @Test
    void aVolatileEventIsForSocketsThatAreNotBusy() {
        client.socket().volatileEmit("tick", 1);
        client.session().run(() -> {});
        client.session().writable(false);
        client.socket().volatileEmit("tick", 2);
        fixture.server.of("/").volatileEmit("tick", 3);
        client.socket().emit("kept", 4);
        assertThat(client.take()).containsExactly("2[\"tick\",1]", "2[\"kept\",4]");
    }

    @Test
    void theClientsAcknowledgementIsAwaited() throws Exception {
        var result =
                client.socket().emitWithAck(Duration.ofSeconds(30), "ask", 1).toCompletableFuture();
        assertThat(client.take()).containsExactly("20[\"ask\",1]");
        client.session().receive("30[\"yes\",2.0]");
        assertThat(result.get(5, TimeUnit.SECONDS).json(1).text()).isEqualTo("2.0");
        // A duplicate, and one that nobody asked for.
        client.session().receive("30[\"yes\"]", "399[]");
        assertThat(client.session().closeReason()).isNull();
    }

    @Test
    void aBinaryAcknowledgementIsAwaitedWithItsAttachments() throws Exception {
        var result = client.socket().emitWithAck(Duration.ofSeconds(30), "ask").toCompletableFuture();
        client.session().receive("61-0[{\"_placeholder\":true,\"num\":0}]", new byte[] {9});
        assertThat(result.get(5, TimeUnit.SECONDS).binary(0)).contains(new byte[] {9});
    }

    @Test
    void aLateAcknowledgementIsIgnored() {
        var result = client.socket().emitWithAck(Duration.ofMillis(20), "ask").toCompletableFuture();
        await().atMost(Duration.ofSeconds(5)).until(result::isDone);
        assertThat(result).isCompletedExceptionally();
        assertThat(result.exceptionNow()).isInstanceOf(AckTimeout.class).hasMessage("not acknowledged within 20 ms");
        client.session().receive("30[]");
        assertThat(client.session().closeReason()).isNull();
    }

    @Test
    void whoIsGoneDoesNotAcknowledge() {
        var before = client.socket().emitWithAck(Duration.ofSeconds(30), "ask").toCompletableFuture();
        client.session().end(CloseReason.TRANSPORT_CLOSE);
        assertThat(before.exceptionNow()).isInstanceOf(SocketGone.class);
        var after = client.socket().emitWithAck(Duration.ofSeconds(30), "ask").toCompletableFuture();
        assertThatThrownBy(after::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(SocketGone.class);
    }

    @Test
    void tooManyOutstandingAcknowledgementsAreRefused() {
        client.session().run(() -> {
            for (int i = 0; i < Acknowledgements.MOST; i++) {
                client.socket().emitWithAck(Duration.ofSeconds(30), "ask");
            }
        });
        client.take();
        var refused =
                client.socket().emitWithAck(Duration.ofSeconds(30), "one more").toCompletableFuture();
        assertThat(client.take()).isEmpty();
        assertThat(refused.exceptionNow()).isInstanceOf(AckRefused.class);
    }

    @Test
    void aMiddlewareMayDropAnEventAndItsErrorIsTold() {
        var errors = new ArrayList<String>();
        client.socket()
                .use((event, args) -> event.equals("message")
                        ? CompletableFuture.completedStage(null)
                        : CompletableFuture.failedStage(new IllegalArgumentException("not " + event)))
                .onError(error -> errors.add(error.getMessage()));
        assertThat(answerTo("2[\"message\",1]", "21[\"message-with-ack\",1]")).containsExactly("2[\"message-back\",1]");
        assertThat(errors).containsExactly("not message-with-ack");
    }

    @Test
    void eventsBehindAMiddlewareThatWaitsKeepTheirOrderAndAreHeld() {
        var gate = new CompletableFuture<Void>();
        client.socket()
                .use((event, args) -> args.json(0).text().equals("1") ? gate : CompletableFuture.completedStage(null));
        assertThat(answerTo("2[\"message\",1]", "2[\"message\",2]", "2[\"message\",\"three\"]"))
                .isEmpty();
        assertThat(client.session().held()).isEqualTo(1 + 1 + 7 + 3 * EventPipeline.OVERHEAD);
        gate.completeAsync(() -> null);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> client.session().sent().size() == 3);
        assertThat(client.take())
                .containsExactly("2[\"message-back\",1]", "2[\"message-back\",2]", "2[\"message-back\",\"three\"]");
        assertThat(client.session().held()).isZero();
    }

    @Test
    void aListenerThatGoesOnWorkingCanHoldTheClientBack() {
        client.socket().on("work", (args, ack) -> {
            client.socket().session().hold(args.bytes());
        });
        client.session().receive("51-[\"work\",\"abc\",{\"_placeholder\":true,\"num\":0}]", new byte[100]);
        assertThat(client.session().held()).isEqualTo(5 + 29 + 100);
    }
}
